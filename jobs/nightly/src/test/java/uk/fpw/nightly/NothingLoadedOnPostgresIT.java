package uk.fpw.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.PostgresServer;
import uk.fpw.warehouse.testing.TestDatabase;

/** The same where an administrator has created a database, but no night has created its tables. */
@Tag("thorough")
class NothingLoadedOnPostgresIT extends NothingLoadedIT {

    @SuppressWarnings("NullAway.Init")
    private TestDatabase database;

    @BeforeEach
    void emptyDatabase() {
        database = TestDatabase.postgres();
    }

    @Override
    String storage() {
        return "  database: \"" + database.url() + "\"\n  user: " + database.user()
                + "\n  password_variable: FPW_DATABASE_PASSWORD\n";
    }

    @Override
    String state() {
        return "the database " + database.url() + " is empty";
    }

    @Override
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(super.environment());
        environment.put("FPW_DATABASE_PASSWORD", PostgresServer.PASSWORD);
        return environment;
    }

    /** Another database replaces it, and nothing was restored into that one. */
    @Override
    void lose() throws IOException {
        String before = storage();
        database = TestDatabase.postgres();
        Path file = folder.resolve("kent/force.yml");
        Files.writeString(file, Files.readString(file).replace(before, storage()));
    }
}
