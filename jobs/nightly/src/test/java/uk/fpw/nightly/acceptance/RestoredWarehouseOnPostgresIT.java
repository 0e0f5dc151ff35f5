package uk.fpw.nightly.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.PostgresServer;
import uk.fpw.warehouse.testing.TestDatabase;

/** With PostgreSQL, by a user who is not an administrator. */
@Tag("thorough")
class RestoredWarehouseOnPostgresIT extends RestoredWarehouse {

    private static final String USER = "fpw_restorer";

    private final TestDatabase first = TestDatabase.postgres();

    @Override
    TrialForce first(Installation fpw, Path folder) throws Exception {
        TestDatabase.postgres().migrated(); // makes the roles, which belong to the server
        first.execute("create user " + USER + " password '" + PostgresServer.PASSWORD + "'");
        first.execute("grant fpw_owner to " + USER);
        fpw.set(
                "FPW_PG_BIN",
                PostgresServer.running().programs(folder.resolve("programs")).toString());
        TrialForce force = TrialForce.in(Files.createDirectories(folder.resolve("trial")))
                .with(owned(first))
                .drop(KeptNights.FIRST);
        fpw.succeed("nightly", "--force", force.folder().toString(), "--date", KeptNights.FIRST.toString());
        return force;
    }

    @Override
    void loseDatabase(TrialForce force) throws Exception {
        TestDatabase second = owned(TestDatabase.postgres());
        force.edit("force.yml", first.url(), second.url());
    }

    private static TestDatabase owned(TestDatabase database) throws Exception {
        String name = database.query("select current_database()").get(0);
        database.execute("alter database " + name + " owner to " + USER);
        return database.as(USER, PostgresServer.PASSWORD);
    }
}
