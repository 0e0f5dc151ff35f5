package uk.fpw.warehouse.store.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/**
 * Creates and migrates the relational database. Hand-written migrations come first, in order of version
 * ({@code flyway_schema_history}): for an empty database those of {@code db/baseline}, which create what earlier
 * versions created in many steps, then those of {@code db/migration}. The published tables and views are generated from
 * the models by a repeatable migration with its own history ({@code fpw_models_history}), so that earlier versions of
 * the software, which lack this migration, can still open the database.
 */
public final class Migrations {

    private static final String HISTORY = "flyway_schema_history";

    private static final String HISTORY_OF_MODELS = "fpw_models_history";

    /**
     * The last hand-written migration; a database that has it is considered migrated without further checks. A
     * constant, since it takes tens of milliseconds to list the files of a jar.
     */
    static final String NEWEST = "0073";

    /** Last migration whose steps were replaced by the baseline. */
    private static final String BASELINE = "0041";

    /** First of these steps, found in the history of older databases. */
    private static final String FIRST_STEP = "0001";

    /** Commit whose version must first migrate databases older than the baseline; {@code .ci/upgrade-from}. */
    private static final String BRIDGE = "2fe7b8c0e045";

    private static final String OWNERSHIP = "/db/vendor/postgresql/afterMigrate__own.sql";

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    /**
     * Makes H2 write the statements of a migration within half a second rather than each by itself, which takes most of
     * the time. If the process dies, the database has an earlier state of the migration, which is repeated like any
     * other. Flyway runs this on each of its connections, since opening one applies the settings of the URL.
     */
    private static final String WRITE_LATER = "set write_delay 500";

    private final DataSource dataSource;
    private final Flyway written;
    private final MartMigration martMigration;
    private final Flyway generated;
    private final boolean isPostgres;

    private Migrations(DataSource dataSource, int number, List<Model> marts, List<Model> toolViews) {
        this.dataSource = dataSource;
        this.isPostgres = isPostgres(dataSource);
        this.written = base(isPostgres, isMadeInSteps(dataSource))
                .dataSource(dataSource)
                .initSql(isPostgres ? null : WRITE_LATER)
                .load();
        this.martMigration = new MartMigration(number, marts, toolViews);
        this.generated = Flyway.configure()
                .dataSource(dataSource)
                .initSql(isPostgres ? null : WRITE_LATER)
                .locations(new String[0])
                .table(HISTORY_OF_MODELS)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .javaMigrations(martMigration)
                .load();
    }

    /** The migrations of this software for a database, H2 or PostgreSQL. */
    public static Migrations of(DataSource dataSource) {
        return new Migrations(dataSource, Models.number(), Models.marts(), Models.toolViews());
    }

    /** The same with other marts and only their views. */
    static Migrations of(DataSource dataSource, int number, List<Model> marts) {
        return new Migrations(dataSource, number, marts, List.of());
    }

    /** Only the hand-written migrations, without a data source, for tests with databases of earlier versions. */
    public static FluentConfiguration written(String jdbcUrl) {
        return base(jdbcUrl.startsWith("jdbc:postgresql:"), false);
    }

    private static FluentConfiguration base(boolean isPostgres, boolean isMadeInSteps) {
        List<String> locations = new ArrayList<>(List.of("classpath:db/migration"));
        if (!isMadeInSteps) {
            locations.add("classpath:db/baseline/common");
            locations.add("classpath:db/baseline/" + (isPostgres ? "postgresql" : "h2"));
        }
        if (isPostgres) {
            locations.add("classpath:db/vendor/postgresql");
        }
        return Flyway.configure()
                .locations(locations.toArray(String[]::new))
                .ignoreMigrationPatterns("*:future", "*:missing");
    }

    private static boolean isMadeInSteps(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            return ExistingSchema.hasTable(connection, "public", HISTORY) && hasRow(statement, ofVersion(FIRST_STEP));
        } catch (SQLException failed) {
            throw unreadable(failed);
        }
    }

    private static String ofVersion(String version) {
        return "select 1 from \"" + HISTORY + "\" where \"version\" = '" + version + "'";
    }

    /** Rejects a database from before the baseline, because those steps no longer exist. */
    private void refuseOlderThanBaseline() {
        with(connection -> {
            try (Statement statement = connection.createStatement()) {
                if (ExistingSchema.hasTable(connection, "public", HISTORY)
                        && hasRow(statement, ofVersion(FIRST_STEP))
                        && !hasRow(statement, ofVersion(BASELINE))) {
                    throw new FpwException(
                            ExitCode.CONFIGURATION,
                            "the database was last used by a version of fpw that this one cannot upgrade (it has "
                                    + "migration " + latest(connection) + ", and " + BASELINE + " is needed); run a "
                                    + "night with the version of commit " + BRIDGE + " first, then this one");
                }
            }
        });
    }

    /**
     * Migrates the database to this software version. A database of a newer version is left unchanged.
     *
     * @throws FlywayException if a migration fails; PostgreSQL rolls it back
     * @throws FpwException with {@code CONFIGURATION} if the published tables would lose data, before they are touched
     */
    public void migrate() {
        try {
            migrateAll();
        } catch (RuntimeException failed) {
            try {
                writeAtOnce();
            } catch (RuntimeException connectionIsBroken) {
                failed.addSuppressed(connectionIsBroken);
            }
            throw failed;
        }
        writeAtOnce();
    }

    /** Later commits are written at once, and everything written before is then on disk too. */
    private void writeAtOnce() {
        if (!isPostgres) {
            with(connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set write_delay 0");
                }
            });
        }
    }

    private void migrateAll() {
        refuseOlderThanBaseline();
        written.migrate();
        if (!isGeneratedBehind()) {
            return;
        }
        with(martMigration::refuseLosses);
        if (hasFailed(generated)) {
            generated.repair(); // Removes the failed attempt, which would otherwise not be repeated.
        }
        generated.migrate();
        if (isPostgres) {
            with(Migrations::own);
        }
    }

    /**
     * Steps needed after hand-written and generated migrations alike; not part of the latter, since its own history
     * table is locked during it.
     */
    private static void own(Connection connection) throws SQLException {
        try (InputStream in = Migrations.class.getResourceAsStream(OWNERSHIP);
                Statement statement = connection.createStatement()) {
            statement.execute(new String(Objects.requireNonNull(in, OWNERSHIP).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Whether {@link #migrate()} has nothing to do, by a few statements, because Flyway takes a second to find out.
     * False if that cannot be read and for databases of other versions.
     */
    public static boolean isCurrent(DataSource dataSource) {
        MartMigration models = new MartMigration(Models.number(), Models.marts(), Models.toolViews());
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            return NEWEST.equals(latest(connection))
                    && !hasRow(statement, "select 1 from \"flyway_schema_history\" where not \"success\"")
                    && hasRow(
                            statement,
                            "select 1 from \"" + HISTORY_OF_MODELS + "\" where \"success\" and \"checksum\" = "
                                    + models.getChecksum() + " and \"installed_rank\" = (select "
                                    + "max(\"installed_rank\") from \"" + HISTORY_OF_MODELS + "\")")
                    && !models.isOutdated(connection);
        } catch (SQLException unknown) {
            LOG.debug("whether the database is current could not be read", unknown);
            return false;
        }
    }

    private static boolean hasRow(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return rows.next();
        }
    }

    /** Whether {@link #migrate()} would change a database that already has tables. */
    public boolean isUpgrade() {
        boolean hasTables = written.info().applied().length > 0;
        return hasTables && (written.info().pending().length > 0 || isGeneratedBehind());
    }

    /**
     * Versions of the hand-written migrations missing from a database that has tables, such as {@code 0018.1}; empty
     * for a database of a newer version.
     */
    public Set<String> pending() {
        return Arrays.stream(written.info().pending())
                .map(migration -> String.valueOf(migration.getVersion()))
                .collect(Collectors.toSet());
    }

    /** The last hand-written migration of a database, such as {@code 0018.1}; empty if there is none. */
    public static String latest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select \"version\" from \"flyway_schema_history\" where "
                        + "\"version\" is not null order by \"installed_rank\" desc")) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    /** Whether a newer version of the software has migrated the database. */
    public boolean isOfNewerVersion() {
        return Arrays.stream(written.info().all()).anyMatch(migration -> isFuture(migration.getState()))
                || isOutdated();
    }

    /**
     * Whether {@link #migrate()} has completed.
     *
     * @throws FlywayException if that is unknown
     */
    public boolean isDone() {
        return written.info().applied().length > 0 && !hasFailed(written) && !isUpgrade();
    }

    /** H2 keeps the changes of a failed migration, and Flyway records the failure. */
    private static boolean hasFailed(Flyway flyway) {
        return Arrays.stream(flyway.info().all()).anyMatch(migration -> migration.getState() == MigrationState.FAILED);
    }

    /** Whether the published tables are those of other models, but not those of a newer version. */
    private boolean isGeneratedBehind() {
        return (generated.info().pending().length > 0 || hasFailed(generated)) && !isOfNewerVersion();
    }

    private static boolean isFuture(MigrationState state) {
        return state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED;
    }

    @FunctionalInterface
    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private void with(Work work) {
        try (Connection connection = dataSource.getConnection()) {
            work.on(connection);
        } catch (SQLException failed) {
            throw unreadable(failed);
        }
    }

    private boolean isOutdated() {
        try (Connection connection = dataSource.getConnection()) {
            return martMigration.isOutdated(connection);
        } catch (SQLException failed) {
            throw unreadable(failed);
        }
    }

    private static FlywayException unreadable(SQLException failed) {
        return new FlywayException("the state of the database could not be read: " + failed.getMessage(), failed);
    }

    private static boolean isPostgres(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        } catch (SQLException failed) {
            throw new FlywayException("the database does not respond: " + failed.getMessage(), failed);
        }
    }
}
