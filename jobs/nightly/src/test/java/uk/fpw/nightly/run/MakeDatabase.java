package uk.fpw.nightly.run;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.force.Force;

/**
 * A process that creates the database of a warehouse if it does not exist yet, and records a run in it. Arguments:
 * warehouse folder, run id.
 */
final class MakeDatabase {

    private MakeDatabase() {}

    public static void main(String[] arguments) throws SQLException {
        try (HikariDataSource dataSource = WarehouseDatabase.open(Force.Storage.embedded(Path.of(arguments[0])), "")) {
            WarehouseDatabase.migrate(dataSource);
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement insert = connection.prepareStatement(
                            "insert into ops.night (run_id, business_date, started_at, status) values (?, date "
                                    + "'2016-01-12', current_timestamp, 'running')")) {
                insert.setString(1, arguments[1]);
                insert.executeUpdate();
            }
        }
    }
}
