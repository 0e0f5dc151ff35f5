package uk.fpw.warehouse.store.ledger;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.schema.Migrations;

/**
 * What is said of a database that another version of fpw made, by commands that only read: they do not migrate it. It
 * is looked at after a statement has failed for want of a table or a column, since looking takes a while.
 */
public final class DatabaseVersion {

    /** A table or a column is missing: SQL states of PostgreSQL and H2. */
    private static final List<String> MISSING =
            List.of("42P01", "42703", "3F000", "42S02", "42S22", "42102", "42104", "42122", "90079");

    private DatabaseVersion() {}

    /**
     * The failure of a statement with its cause named, if another version made the database; null otherwise.
     *
     * @param failed by any library around the failure of the database
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
            return new FpwException(
                    ExitCode.UNAVAILABLE,
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
