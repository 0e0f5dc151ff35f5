package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.testing.TestDatabase;

/** Replacing keys in an embedded database. */
class RekeyingsIT {

    @TempDir
    private Path folder;

    @TempDir
    private Path copy;

    /** The file as it would be if the process had been killed while it replaced the texts of a column. */
    @Test
    void databaseOfAKilledProcessOpensAgainAndAgain() throws Exception {
        TestDatabase database = TestDatabase.embedded(folder);
        database.baseline();
        try (Connection connection = database.open()) {
            Rekeyings.prepare(connection);
            connection.setAutoCommit(false);
            TestDatabase.execute(
                    connection,
                    "insert into rekeyed_text select 'old ' || n.x, 'new' from system_range(1, 3000) as n(x)");
            TestDatabase.execute(
                    connection,
                    "insert into ops.release (release_id, run_id, business_date, released_at, software_version, "
                            + "force_digest, digest) values ('2016-01-12.1', '2016-01-12-20160113T040000-0a1b', "
                            + "date '2016-01-12', current_timestamp, '0.1.0', 'f', 'd')");
            database.execute("checkpoint sync");
            Files.copy(folder.resolve("fpw.mv.db"), copy.resolve("fpw.mv.db"));
            connection.rollback();
        }

        TestDatabase killed = TestDatabase.embedded(copy);
        for (int opening = 1; opening <= 3; opening++) {
            assertThat(killed.query("select count(*) from ops.release")).containsExactly("0");
        }
    }
}
