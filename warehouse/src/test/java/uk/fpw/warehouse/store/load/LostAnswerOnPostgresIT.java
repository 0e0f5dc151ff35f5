package uk.fpw.warehouse.store.load;

import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.TestDatabase;

@Tag("thorough")
class LostAnswerOnPostgresIT extends LostAnswerIT {

    private final TestDatabase database = TestDatabase.postgres();

    @Override
    TestDatabase database() {
        return database;
    }

    @Override
    void endConnections() throws SQLException {
        database.query(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid "
                        + "<> pg_backend_pid()");
    }
}
