package uk.fpw.warehouse.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.model.ColumnType;
import uk.fpw.model.Explained;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.testing.DatabaseTemplate;
import uk.fpw.warehouse.testing.TestDatabase;

/** A database with the tables of the version before the models change. */
abstract class MartMigrationTesting {

    /** Tag of a test with all marts; the others use few, which takes less time and migrates in the same way. */
    static final String EVERY_MART = "every-mart";

    private static final List<String> FEW =
            List.of("dim_date", "dim_queue", "dim_slice", "queue_daily", "case_milestone_open");

    static final List<Model> MARTS =
            Models.marts().stream().filter(mart -> FEW.contains(mart.name())).toList();

    private static final DatabaseTemplate WHOLE_VERSION_BEFORE =
            new DatabaseTemplate(empty -> makeTheVersionBefore(empty, Models.marts()));

    private static final DatabaseTemplate VERSION_BEFORE =
            new DatabaseTemplate(empty -> makeTheVersionBefore(empty, MARTS));

    @TempDir
    Path folder;

    TestDatabase database;
    String reader;
    private Connection open;

    /** In memory, because H2 loses the comments of view columns when it reopens a file. */
    TestDatabase empty() {
        return TestDatabase.inMemory("empty");
    }

    /** A copy of a template. */
    TestDatabase copy(DatabaseTemplate template) {
        return template.copyTo(folder.resolve("copy"));
    }

    @BeforeEach
    void versionBefore(TestInfo test) throws SQLException {
        database = copy(test.getTags().contains(EVERY_MART) ? WHOLE_VERSION_BEFORE : VERSION_BEFORE);
        // An embedded database is closed with its last connection, and opening takes time.
        open = database.open();
        // Users belong to the server, which several databases of this JVM share.
        reader = "someone_" + Long.toHexString(System.nanoTime());
        database.execute("create user " + reader + " password 'test'");
        if (database.isPostgres()) {
            database.execute("grant usage on schema bi to " + reader);
        }
        database.execute("grant select on bi.dim_slice to " + reader);
    }

    @AfterEach
    void close() throws SQLException {
        if (open != null) { // Without Docker nothing was opened.
            open.close();
        }
    }

    private static void makeTheVersionBefore(TestDatabase empty, List<Model> marts) throws SQLException {
        Migrations.of(empty.dataSource(), 0, marts).migrate();
        empty.execute("insert into ops.release (release_id, run_id, business_date, released_at, software_version,"
                + " force_digest, key_fingerprint, digest) values"
                + " ('2015-12-01.1', '1', date '2015-12-01', current_timestamp, '0', 'f', 'k', 'd')");
        empty.execute("insert into ops.current_release (release_id) values ('2015-12-01.1')");
        empty.execute(
                "insert into mart_rows.dim_slice (force, queue, slice, slice_value, is_total, item_count, release_id)"
                        + " values ('kent', 'waiting', 'type', 'phone', false, 7, '2015-12-01.1')");
    }

    /** Each change of the models is a new version. */
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
                                model.sql(),
                                model.countedBy(),
                                model.isHistory())
                        : model)
                .toList();
    }

    static Model.Column column(String name, ColumnType type, int length) {
        return new Model.Column(
                name,
                type,
                length,
                "",
                Model.Add.NOT_A_MEASURE,
                true,
                false,
                Explained.NOT,
                "The force's \"own\" count.");
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
