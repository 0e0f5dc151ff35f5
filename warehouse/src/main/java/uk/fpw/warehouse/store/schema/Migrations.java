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
 * Everything that creates the relational database. The hand-written migrations come first, in the order of their
 * versions ({@code flyway_schema_history}): of an empty database those of {@code db/baseline}, which are what earlier
 * versions made in many steps, then those of {@code db/migration}. The published tables and views are generated from
 * the models by a repeatable migration with its own history ({@code fpw_models_history}): an earlier version of the
 * software, without this migration, can still open the database.
 */
public final class Migrations {

    private static final String HISTORY = "flyway_schema_history";

    private static final String HISTORY_OF_MODELS = "fpw_models_history";

    /** The last hand-written migration: a database that has it is not looked at any closer. */
    private static final String NEWEST = "0055";

    /** Up to here a database was made in steps that are no longer there. */
    private static final String BASELINE = "0041";

    /** The first of those steps, which the history of such a database has. */
    private static final String FIRST_STEP = "0001";

    /** The commit whose version makes an older database one that this version can migrate; {@code .ci/upgrade-from}. */
    private static final String BRIDGE = "2fe7b8c0e045";

    private static final String OWNERSHIP = "/db/vendor/postgresql/afterMigrate__own.sql";

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    /**
     * Has H2, which commits each statement of a migration, write them within half a second instead of each by itself,
     * which takes most of the time: a process that dies meanwhile leaves an earlier state of the migration, which is
     * made again like any other. Flyway runs it on each of its connections, since opening one sets what the URL says.
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

    /** The same with other marts, and no views but theirs. */
    static Migrations of(DataSource dataSource, int number, List<Model> marts) {
        return new Migrations(dataSource, number, marts, List.of());
    }

    /**
     * Only the hand-written migrations, without a data source, for tests with the database of an earlier
     * version.
     */
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

    /** Refuses a database of a version before the baseline: the steps up to there are no longer known. */
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
     * Migrates a database to this software version. One that a newer version created is left as it is.
     *
     * @throws FlywayException if a migration fails; on PostgreSQL nothing of it is left then
     * @throws FpwException with {@code CONFIGURATION} if the published tables would lose something, before they are
     *     touched
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

    /** What is committed from now on writes the rest before it. */
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
            generated.repair(); // forgets the attempt, which is not made again otherwise
        }
        generated.migrate();
        if (isPostgres) {
            with(Migrations::own);
        }
    }

    /**
     * What follows every hand-written migration follows the generated one too; not within it, since its own history
     * table is held then.
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
     * Whether {@link #migrate()} has nothing to do, by a few statements: Flyway takes a second to say so. False where
     * that cannot be read, and of a database of another version.
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

    /** Whether {@link #migrate()} would change a database that holds tables already. */
    public boolean isUpgrade() {
        boolean hasTables = written.info().applied().length > 0;
        return hasTables && (written.info().pending().length > 0 || isGeneratedBehind());
    }

    /**
     * Versions of the hand-written migrations that a database which holds tables does not have, such as {@code 0018.1}:
     * no version of the software that brought them has run. None of a database of a newer version.
     */
    public Set<String> pending() {
        return Arrays.stream(written.info().pending())
                .map(migration -> String.valueOf(migration.getVersion()))
                .collect(Collectors.toSet());
    }

    /** The hand-written migration that a database had last, such as {@code 0018.1}; empty for none. */
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
     * Whether {@link #migrate()} was through.
     *
     * @throws FlywayException if that is unknown
     */
    public boolean isDone() {
        return written.info().applied().length > 0 && !hasFailed(written) && !isUpgrade();
    }

    /** H2 keeps what a failed migration did, and Flyway that it failed. */
    private static boolean hasFailed(Flyway flyway) {
        return Arrays.stream(flyway.info().all()).anyMatch(migration -> migration.getState() == MigrationState.FAILED);
    }

    /** Whether the published tables are those of other models, and not of a newer version's. */
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
