package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.testing.TestDatabase;

/** The record of erasures. */
class ErasuresIT {

    private static final Instant NOON = Instant.parse("2016-01-12T12:00:00Z");
    private static final ReleaseId RELEASE = ReleaseId.of("2016-01-11.1");
    private static final Erasures.Cause CAUSE =
            new Erasures.Cause(Erasures.Kind.PERSON, null, "DPA 2018 s.47", "letter of 3 January", "sam", NOON);
    private static final Erasures.Counts COUNTS = new Erasures.Counts(7, 2, 3, 1);

    private TestDatabase database;
    private Erasures erasures;

    TestDatabase database() {
        return TestDatabase.inMemory("erasures");
    }

    @BeforeEach
    void open() throws SQLException {
        database = database();
        erasures = new Erasures(database.dataSource());
        database.baseline("V0059__create_publication");
    }

    @AfterEach
    void drop() throws SQLException {
        if (database != null) { // Without Docker nothing was opened.
            database.drop();
        }
    }

    @Test
    void databaseOfAnEarlierVersionHasNone() {
        assertThat(erasures.list()).isEmpty();
        assertThat(erasures.of(RELEASE)).isEmpty();
        assertThat(erasures.removedRows(RELEASE)).isEmpty();
        assertThat(erasures.unfinished()).isNull();
    }

    /** Otherwise a fault of the night after an erasure that found nothing would be taken for it. */
    @Test
    void onlyWhatRemovedRowsAfterAReleaseChangesWhatItStates() throws SQLException {
        assertThat(erasures.hasRemovedRows(RELEASE, NOON)).isFalse();
        database.migrate("V0060__create_erasure", "V0064__list_erasures");
        record("only a tombstone", new Erasures.Counts(0, 0, 0, 0), Map.of());
        assertThat(erasures.hasRemovedRows(RELEASE, NOON)).isFalse();
        record("a text", new Erasures.Counts(0, 0, 1, 1), Map.of("core.exclusion", 0L));
        assertThat(erasures.hasRemovedRows(RELEASE, NOON)).isFalse();
        record("rows of feeds, none of the release", new Erasures.Counts(2, 0, 1, 0), Map.of());
        assertThat(erasures.hasRemovedRows(RELEASE, NOON)).isTrue();
        assertThat(erasures.hasRemovedRows(RELEASE, NOON.plusSeconds(9))).isFalse();
        record("rows of the release, no longer in feeds", new Erasures.Counts(0, 0, 1, 1), Map.of("core.spell", 1L));
        assertThat(erasures.hasRemovedRows(RELEASE, NOON.plusSeconds(9))).isTrue();
        assertThat(erasures.hasRemovedRows(ReleaseId.of("2016-01-10.1"), NOON.plusSeconds(9)))
                .isFalse();
    }

    private void record(String id, Erasures.Counts counts, Map<String, Long> removed) throws SQLException {
        try (Connection connection = database.open()) {
            Erasures.record(connection, id, CAUSE, NOON.plusSeconds(9), counts, Map.of(RELEASE, removed), false);
        }
    }

    @Test
    void erasureIsUnfinishedUntilItsFilesAreDeleted() throws SQLException {
        assertThat(erasures.unlistedCount()).isZero();
        database.migrate("V0060__create_erasure", "V0064__list_erasures");
        try (Connection connection = database.open()) {
            Erasures.record(
                    connection,
                    "1",
                    CAUSE,
                    NOON.plusSeconds(9),
                    COUNTS,
                    Map.of(RELEASE, Map.of("core.event", 5L, "core.spell", 0L)),
                    true);
        }
        Erasures.Erasure switched = new Erasures.Erasure("1", CAUSE, NOON.plusSeconds(9), null, COUNTS);
        assertThat(erasures.unfinished()).isEqualTo(switched);
        assertThat(erasures.of(RELEASE)).containsExactly(switched);
        assertThat(erasures.of(ReleaseId.of("2016-01-10.1"))).isEmpty();
        assertThat(erasures.removedRows(RELEASE)).isEqualTo(Map.of("core.event", 5L, "core.spell", 0L));

        assertThat(erasures.unlistedCount()).isZero();
        erasures.recordLostList();
        assertThat(erasures.unlistedCount()).isEqualTo(1);
        erasures.finish(NOON.plusSeconds(30));
        assertThat(erasures.unfinished()).isNull();
        assertThat(erasures.list())
                .containsExactly(new Erasures.Erasure("1", CAUSE, NOON.plusSeconds(9), NOON.plusSeconds(30), COUNTS));
    }
}
