package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.warehouse.testing.TestQueues;

@Tag("time-zone")
class CoverageTest {

    @ParameterizedTest
    @CsvSource({"7, 28, 28", "28, 7, 28", "0, 1, 1"})
    void provisionalDaysAreThoseDeclaredOrMoreIfCountsTookLongerToSettle(int declared, int settledAfter, int days) {
        assertThat(coverage(Map.of("waiting", settledAfter)).provisionalDays(TestQueues.waiting(declared)))
                .isEqualTo(days);
    }

    @ParameterizedTest
    @CsvSource({"0", "7"})
    void provisionalDaysAreThoseDeclaredWhereNothingIsKnown(int declared) {
        assertThat(coverage(Map.of("another", 91)).provisionalDays(TestQueues.waiting(declared)))
                .isEqualTo(declared);
        assertThat(new Coverage(LocalDate.of(2016, 1, 12), Map.of()).provisionalDays(TestQueues.waiting(declared)))
                .isEqualTo(declared);
    }

    @Test
    void reasonNamesTheThreeFeedsThatAreMissingLongestHoweverManyThereAre(@TempDir Path folder) throws IOException {
        TinyFolder definitions = new TinyFolder(folder);
        String feed = Files.readString(folder.resolve("feeds/devices.yml"));
        List<String> names =
                IntStream.range(10, 60).mapToObj("feed_%d"::formatted).toList();
        names.forEach(
                name -> definitions.write("feeds/" + name + ".yml", feed.replace("feed: devices", "feed: " + name)));
        Force force = definitions.read();
        LocalDate today = LocalDate.of(2016, 1, 12);
        LocalDate yesterday = LocalDate.of(2016, 1, 11);

        assertThat(new Coverage(today, Map.of()).reason(force, names))
                .isEqualTo("feeds feed_10, feed_11, feed_12 and 47 more never loaded");
        assertThat(new Coverage(today, Map.of("feed_10", today, "feed_11", yesterday))
                        .reason(force, names.subList(0, 4)))
                .isEqualTo("feeds feed_12, feed_13 never loaded; feed feed_11 last loaded completely for 2016-01-11");
        Map<String, LocalDate> known = names.stream()
                .collect(Collectors.toMap(
                        Function.identity(), name -> name.endsWith("7") ? yesterday.minusDays(1) : yesterday));
        assertThat(new Coverage(today, known).reason(force, names))
                .isEqualTo("feeds feed_17, feed_27, feed_37 and 2 more last loaded completely for 2016-01-10; "
                        + "45 more feeds last loaded completely for later dates");
        assertThat(new Coverage(today, known).reason(force, List.of("feed_17", "feed_27", "feed_37", "feed_10")))
                .endsWith("; 1 more feed last loaded completely for later dates");
    }

    private static Coverage coverage(Map<String, Integer> settledAfterDays) {
        return new Coverage(LocalDate.of(2016, 1, 12), Map.of(), settledAfterDays);
    }
}
