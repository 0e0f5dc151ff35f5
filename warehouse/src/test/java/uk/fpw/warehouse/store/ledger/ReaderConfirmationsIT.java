package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.testing.TestDatabase;

class ReaderConfirmationsIT {

    private static final Instant NOON = Instant.parse("2016-01-12T12:00:00Z");

    @TempDir
    private Path folder;

    private TestDatabase database;

    TestDatabase database(Path inFolder) {
        return TestDatabase.embedded(inFolder);
    }

    @BeforeEach
    void oldestSupported() throws SQLException {
        database = database(folder);
        database.baseline();
    }

    @Test
    void nobodyIsConfirmedInADatabaseOfAnEarlierVersion() {
        assertThat(confirmations().confirmedGroup()).isNull();
        assertThat(confirmations().latest(9)).isEmpty();
    }

    @Test
    void lastDecisionAppliesWhateverTheClockSaid() throws SQLException {
        database.migrate("V0056__create_reader_confirmation");
        assertThat(confirmations().confirmedGroup()).isNull();

        ReaderConfirmations.Entry first = new ReaderConfirmations.Entry(NOON, "sam", "readers", true, "agreed");
        confirmations().record(first);
        assertThat(confirmations().confirmedGroup()).isEqualTo("readers");

        ReaderConfirmations.Entry other =
                new ReaderConfirmations.Entry(NOON.minusSeconds(60), "kim", "analysts", true, "moved");
        confirmations().record(other);
        assertThat(confirmations().confirmedGroup()).isEqualTo("analysts");

        ReaderConfirmations.Entry end = new ReaderConfirmations.Entry(NOON, "sam", "analysts", false, "x".repeat(1200));
        confirmations().record(end);
        assertThat(confirmations().confirmedGroup()).isNull();
        assertThat(confirmations().latest(9))
                .containsExactly(
                        new ReaderConfirmations.Entry(NOON, "sam", "analysts", false, "x".repeat(999) + "…"),
                        other,
                        first);
    }

    private ReaderConfirmations confirmations() {
        return new ReaderConfirmations(database.dataSource());
    }
}
