package uk.fpw.nightly.run;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A process that commits one row and exits at once, without any shutdown hook, as after kill -9. Arguments: JDBC URL,
 * run id.
 */
final class CommitAndDie {

    static final int EXIT_CODE = 137;

    private CommitAndDie() {}

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection(arguments[0], "fpw", "")) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into ops.night (run_id, business_date, started_at, status) values (?, date "
                            + "'2016-01-12', current_timestamp, 'running')")) {
                insert.setString(1, arguments[1]);
                insert.executeUpdate();
            }
            connection.commit();
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
