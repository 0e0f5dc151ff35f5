package uk.fpw.nightly.run.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.store.ledger.Erasures.Cause;
import uk.fpw.warehouse.store.ledger.Erasures.Counts;
import uk.fpw.warehouse.store.ledger.Erasures.Erasure;
import uk.fpw.warehouse.store.ledger.Erasures.Kind;
import uk.fpw.warehouse.store.ledger.Release;

class ErasureNotesTest {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final List<Erasure> erasures = List.of(
            erasure("2015-06-30T23:30:00Z", 9),
            erasure("2015-12-31T23:30:00Z", 2000),
            erasure("2016-01-12T10:00:00Z", 1));

    @Test
    void eachYearHasOneTotalAndNeverWhoOrWhat() {
        assertThat(ErasureNotes.summary(erasures, LONDON, List.of()))
                .containsExactly(
                        "Erased rows",
                        "  in 2015: 2,009 rows by 2 erasures; in figures they are among the deleted ones",
                        "  in 2016: 1 row by 1 erasure; in figures they are among the deleted ones");
        assertThat(ErasureNotes.summary(List.of(), LONDON, List.of(release("2015-01-01T01:00:00Z", "old"))))
                .isEmpty();
    }

    @Test
    void pinnedReleasesFromBeforeAnErasureAreNamed() {
        assertThat(ErasureNotes.summary(
                        erasures,
                        LONDON,
                        List.of(release("2016-01-12T09:00:00Z", "before"), release("2016-01-12T11:00:00Z", "after"))))
                .endsWith("  before, release 2016-01-11.1: rows were erased since; its figures count them")
                .hasSize(4);
    }

    @Test
    void comparedReleasesHaveANoteIfRowsWereErasedBetweenThem() {
        Release first = release("2016-01-11T01:00:00Z", "first");
        Release later = release("2016-01-12T01:00:00Z", "later");
        Release last = release("2016-01-13T01:00:00Z", "last");

        assertThat(ErasureNotes.between(erasures, first, later)).isNull();
        assertThat(ErasureNotes.between(erasures, first, last))
                .isEqualTo("rows were erased after release 2016-01-11.1; what its figures counted of them is among the "
                        + "deleted ones");
    }

    private static Erasure erasure(String at, long rows) {
        Instant started = Instant.parse(at);
        return new Erasure(
                "e",
                new Cause(Kind.PERSON, null, "ground", "reason", "root", started),
                started,
                null,
                new Counts(rows, 1, 1, 1));
    }

    private static Release release(String at, @Nullable String name) {
        return new Release(
                ReleaseId.of("2016-01-11.1"),
                RunId.of("2015-12-01-20151202T020000-0001"),
                LocalDate.of(2016, 1, 11),
                Instant.parse(at),
                "0.1.0",
                "digest",
                null,
                "digest",
                name,
                List.of(),
                List.of());
    }
}
