package uk.fpw.warehouse.store.ledger;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.schema.Migrations;

/**
 * Explains failures of read-only commands, which do not migrate the database, on a database of another version. Checked
 * only after a statement has failed for lack of a table or column, because the check takes a while.
 */
public final class DatabaseVersion {

    /** SQLSTATEs of PostgreSQL and H2 for a missing table or column. */
    private static final List<String> MISSING =
            List.of("42P01", "42703", "3F000", "42S02", "42S22", "42102", "42104", "42122", "90079");

    private DatabaseVersion() {}

    /**
     * The failure restated, if another version made the database; null otherwise.
     *
     * @param failed failure of the database, possibly wrapped by a library
     */
    public static @Nullable FpwException difference(DataSource dataSource, Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException database && isMissing(database)) {
                return difference(dataSource, database);
            }
        }
        return null;
    }

    private static @Nullable FpwException difference(DataSource dataSource, SQLException failed) {
        try {
            Migrations migrations = Migrations.of(dataSource);
            boolean isOlder = !migrations.pending().isEmpty();
            if (!isOlder && !migrations.isOfNewerVersion()) {
                return null;
            }
            return FpwException.unavailable(
                    (isOlder ? "an earlier" : "a newer")
                            + " version of fpw made the database, and it does not have what this command reads ("
                            + DatabaseErrors.reason(failed) + "). "
                            + (isOlder
                                    ? "The next run brings it forward: fpw nightly"
                                    : "Use that version, or restore database and folder from the backup before it"),
                    failed);
        } catch (FlywayException unknown) {
            failed.addSuppressed(unknown);
            return null;
        }
    }

    private static boolean isMissing(SQLException failed) {
        return MISSING.contains(String.valueOf(failed.getSQLState()));
    }
}
