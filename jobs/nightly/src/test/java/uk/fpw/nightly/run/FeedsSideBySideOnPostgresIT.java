package uk.fpw.nightly.run;

import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.PostgresServer;
import uk.fpw.warehouse.testing.TestDatabase;

/** The same where two jobs recorded at the same time could make each other fail. */
@Tag("thorough")
class FeedsSideBySideOnPostgresIT extends FeedsSideBySideIT {

    @Override
    String database(String passwordVariable) {
        TestDatabase database = TestDatabase.postgres();
        return "  database: \"%s\"\n  user: %s\n  password_variable: %s\n"
                .formatted(database.url(), database.user(), passwordVariable);
    }

    @Override
    String password() {
        return PostgresServer.PASSWORD;
    }
}
