package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.store.ledger.feed.Holds;
import uk.fpw.warehouse.testing.TestDatabase;

/** Rows that are held, in {@code ops}. */
class HoldsIT {

    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");

    private TestDatabase database;

    TestDatabase database() {
        return TestDatabase.inMemory("holds");
    }

    @BeforeEach
    void create() {
        database = database();
    }

    @AfterEach
    void drop() throws SQLException {
        if (database != null) { // Without Docker nothing was opened.
            database.drop();
        }
    }

    @Test
    void rowsAreHeldUntilSomebodyEndsIt() throws SQLException {
        database.baseline("V0067__create_hold");
        Holds holds = new Holds(database.dataSource());
        assertThat(holds.list()).isEmpty();
        Holds.Hold first = hold("devices", "D1", "complaint 12", 5);
        Holds.Hold second = hold("devices", "D2", "complaint 12", 4);
        Holds.Hold other = hold("exits", "D1", "court", 3);
        holds.add(List.of(first, second, other));
        assertThat(holds.list()).containsExactly(second, first, other);
        assertThat(first.toString()).doesNotContain("D1");

        Holds.Hold longer = hold("devices", "D1", "complaint 13", 9);
        holds.add(List.of(longer));
        assertThat(holds.list()).containsExactly(second, longer, other);
        assertThat(holds.keys("devices")).containsExactlyInAnyOrder("D1", "D2");

        assertThat(holds.end("devices", Set.of("D1", "D9"))).isEqualTo(1);
        assertThat(holds.list()).containsExactly(second, other);
        try (Connection connection = database.dataSource().getConnection()) {
            assertThat(new Rekeyings(connection).deleteHolds("devices", "D2"::equals))
                    .isEqualTo(1);
            assertThat(new Rekeyings(connection).deleteHolds("exits", "D2"::equals))
                    .isZero();
        }
        assertThat(holds.list()).containsExactly(other);
    }

    @Test
    void anEarlierDatabaseHasNone() throws SQLException {
        database.baseline("V0057__create_tombstone", "V0060__create_erasure", "V0063__create_retention");
        assertThat(new Holds(database.dataSource()).list()).isEmpty();
    }

    private static Holds.Hold hold(String feed, String key, String reason, int month) {
        return new Holds.Hold(feed, key, reason, "ann", AT, LocalDate.of(2027, month, 1));
    }
}
