package uk.fpw.report.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclaredPartTest {

    private static final String FILE = """
            -- page: queue
            -- after: waits, flows
            -- heading: By hour
            -- cannot say: Why: nobody asks.
            -- needs: mart.hours.hour, mart.hours.seen

            -- picture: hours
            -- kind: bars
            -- title: Seen by hour
            -- unit: {units}
            select hour as name, seen as value -- whole hours
            from mart.hours

            -- picture: notes
            -- kind: sentences
            -- needs: mart.hours.note
            select note as sentence from mart.hours
            """;

    @Test
    void headsBeforeTheirQueriesAreRead() {
        assertThat(DeclaredPart.read("hours", FILE))
                .isEqualTo(new DeclaredPart(
                        "hours",
                        "queue",
                        List.of("waits", "flows"),
                        "By hour",
                        "",
                        "Why: nobody asks.",
                        List.of("mart.hours.hour", "mart.hours.seen"),
                        List.of(
                                new DeclaredPart.Picture(
                                        "hours",
                                        DeclaredPart.Kind.BARS,
                                        "Seen by hour",
                                        "{units}",
                                        "",
                                        List.of(),
                                        "select hour as name, seen as value -- whole hours\nfrom mart.hours"),
                                new DeclaredPart.Picture(
                                        "notes",
                                        DeclaredPart.Kind.SENTENCES,
                                        "",
                                        "",
                                        "",
                                        List.of("mart.hours.note"),
                                        "select note as sentence from mart.hours"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "-- heading: By hour | -- headline: By hour | 'headline' is not one of",
                "-- heading: By hour | -- page: queue | '-- page: queue' is not a field with a value, or occurs twice",
                "-- heading: By hour | -- says: x | 'heading' is missing",
                "select note as sentence from mart.hours | -- unit: x | picture notes has no query"
            })
    void whatIsWrongIsSaid(String right, String wrong, String problem) {
        assertThatThrownBy(() -> DeclaredPart.read("hours", FILE.replace(right, wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("picture/hours.sql: " + problem);
    }

    @Test
    void everyPictureHasAnIdOfItsOwn() {
        Set<String> ids = new HashSet<>();

        assertThat(DeclaredPart.all()).isNotEmpty().allSatisfy(part -> assertThat(part.pictures())
                .allMatch(picture -> ids.add(picture.id())));
    }
}
