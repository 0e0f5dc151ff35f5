package uk.fpw.warehouse.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import uk.fpw.model.ColumnType;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;
import uk.fpw.warehouse.testing.PostgresServer;
import uk.fpw.warehouse.testing.TestDatabase;

/** A database whose tables are those of the version before the models change. */
abstract class MartMigrationTesting {

    /** The last version whose published tables were written by hand. */
    static final String BEFORE_MODELS = "25.2";

    static final List<Model> MARTS = Models.marts();
    TestDatabase database;
    String reader;

    TestDatabase database() {
        return TestDatabase.inMemory("marts_" + Long.toHexString(System.nanoTime()));
    }

    @BeforeEach
    void makeTheVersionBefore() throws SQLException {
        database = versionBefore();
        database.execute("insert into ops.release (release_id, run_id, business_date, released_at, software_version,"
                + " force_digest, key_fingerprint, digest) values"
                + " ('2015-12-01.1', '1', date '2015-12-01', current_timestamp, '0', 'f', 'k', 'd')");
        database.execute("insert into ops.current_release (release_id) values ('2015-12-01.1')");
        database.execute(
                "insert into mart_rows.dim_slice (force, queue, slice, slice_value, is_total, item_count, release_id)"
                        + " values ('kent', 'waiting', 'type', 'phone', false, 7, '2015-12-01.1')");
        // Users belong to the server, which several databases of this JVM share.
        reader = "someone_" + Long.toHexString(System.nanoTime());
        database.execute("create user " + reader + " password 'test'");
        if (database.isPostgres()) {
            database.execute("grant usage on schema bi to " + reader);
        }
        database.execute("grant select on bi.dim_slice to " + reader);
    }

    TestDatabase versionBefore() {
        TestDatabase made = database();
        migrateToTheVersionBefore(made);
        return made;
    }

    private static void migrateToTheVersionBefore(TestDatabase database) {
        Migrations.written(database.url())
                .dataSource(database.dataSource())
                .target(BEFORE_MODELS)
                .load()
                .migrate();
    }

    /** In a container: a copy of one that is migrated once in this JVM. */
    static TestDatabase versionBeforeOnPostgres() {
        return PostgresServer.running().copyOf(VersionBefore.ON_POSTGRES);
    }

    /** Never connected to once it is made. */
    private static final class VersionBefore {

        static final TestDatabase ON_POSTGRES = make();

        private static TestDatabase make() {
            TestDatabase template = TestDatabase.postgres();
            migrateToTheVersionBefore(template);
            return template;
        }
    }

    @AfterEach
    void drop() throws SQLException {
        if (database != null) { // no Docker, nothing was opened
            database.drop();
        }
    }

    /** Each change of the models is a later version. */
    int number = 1;

    void migrate(List<Model> marts) {
        migrate(number++, marts);
    }

    void migrate(int version, List<Model> marts) {
        Migrations.of(database.dataSource(), version, marts).migrate();
    }

    ExistingSchema shape() throws SQLException {
        return shape(database);
    }

    static ExistingSchema shape(TestDatabase database) throws SQLException {
        try (Connection connection = database.open()) {
            return ExistingSchema.of(connection);
        }
    }

    static List<Model> with(String mart, UnaryOperator<List<Model.Column>> columns) {
        return MARTS.stream()
                .map(model -> model.name().equals(mart)
                        ? new Model(
                                model.table(),
                                model.owner(),
                                model.description(),
                                model.access(),
                                model.availableTo(),
                                model.lastValue(),
                                model.grain(),
                                columns.apply(new ArrayList<>(model.columns())),
                                model.tests(),
                                model.sql())
                        : model)
                .toList();
    }

    static Model.Column column(String name, ColumnType type, int length) {
        return new Model.Column(name, type, length, "", Model.Add.NOT_A_MEASURE, true, "The force's \"own\" count.");
    }

    static List<Model> withNewColumn() {
        return with("dim_slice", columns -> {
            columns.add(1, column("shade", ColumnType.TEXT, 20));
            return columns;
        });
    }

    void assertRefused(List<Model> marts, String obstacle) {
        assertThatThrownBy(() -> migrate(marts))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("the published tables could not be migrated, and were left unchanged: " + obstacle);
    }
}
