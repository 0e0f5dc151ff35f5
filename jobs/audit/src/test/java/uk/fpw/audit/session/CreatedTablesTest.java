package uk.fpw.audit.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.audit.ParquetFiles;
import uk.fpw.audit.SpellRows;
import uk.fpw.audit.change.FigureChanges;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.FigureChangeRequest;
import uk.fpw.warehouse.message.FigureChangeRequest.Carried;
import uk.fpw.warehouse.message.FigureChangeRequest.Differences;
import uk.fpw.warehouse.message.FigureChangeRequest.ReplacedRelease;
import uk.fpw.warehouse.message.FigureChangeSummary;

/** An explanation leaves nothing in the memory of a session, which the recount needs. */
class CreatedTablesTest {

    private static final List<String> TABLES = List.of(
            "core.spell",
            "core.exclusion",
            "core.irregularity",
            "mart.queue_daily",
            "mart.queue_monthly",
            "mart.queue_weekly",
            "mart.queue_exit");

    private static final String QUEUE = "[{\"queue\": \"seized\", \"earliest_entry\": \"2000-01-01\", "
            + "\"data_as_at\": \"2016-01-10\", \"slices\": [\"kind\"]}]";

    @TempDir
    private Path folder;

    @Test
    void onlyTablesSinceTheBeginningAreDroppedInWhateverSchema() {
        try (AuditSession session = AuditSession.open("Europe/London")) {
            session.execute("create table kept as select 1 as one");
            CreatedTables created = CreatedTables.of(session);
            session.execute("create schema \"a \"\" schema\"");
            session.execute("create table \"a \"\" schema\".\"a \"\" table\" as select 2 as two");
            session.execute("create view main.shown as select * from main.kept");
            session.execute("create table main.new as select 3 as three");

            created.drop();

            assertThat(names(session)).containsExactly("main.kept");
            assertThat(session.number("select one from shown")).isEqualTo(1);
        }
    }

    /** The spells of the replaced release have slices of another type, so the comparison fails half-way. */
    @Test
    void comparisonThatFailsLeavesNothing() {
        try (AuditSession session = AuditSession.open("Europe/London")) {
            Map<String, String> definitions = Map.of("queue_definition", QUEUE);
            session.define(definitions);
            tables("after", SpellRows.of("seized", "A | 2015-06-01"))
                    .forEach(table -> session.show(model(table).name(), model(table), table));
            List<String> before = names(session);

            FigureChangeSummary summary = new FigureChanges(
                            session,
                            new FigureChangeRequest(
                                    new ReplacedRelease(
                                            ReleaseId.of("2016-01-10.1"),
                                            "2016-01-10",
                                            definitions,
                                            tables(
                                                    "before",
                                                    "select * replace ('phone' as slices) from ("
                                                            + SpellRows.of("seized", "A | 2015-06-01") + ")")),
                                    null,
                                    new Differences(false, false, false, List.of(), List.of(), Map.of(), Map.of()),
                                    List.of(),
                                    Carried.none("2013-11-10"),
                                    folder.resolve("figure_change.parquet").toString()),
                            ReleaseId.of("2016-01-11.1"))
                    .write();

            assertThat(summary.notCompared()).isEqualTo("an error occurred (Binder Error)");
            assertThat(names(session)).isEqualTo(before);
        }
    }

    private static List<String> names(AuditSession session) {
        return session.rows("select schema_name || '.' || table_name from duckdb_tables() order by 1").stream()
                .map(row -> new QueryRow(row).text(0))
                .toList();
    }

    private List<AuditRequest.Table> tables(String name, String spells) {
        String file = new ParquetFiles(folder).write(name, spells);
        return TABLES.stream()
                .map(table -> new AuditRequest.Table(
                        table,
                        Models.find(table).orElseThrow().columnNames(),
                        table.equals("core.spell") ? List.of(file) : List.of()))
                .toList();
    }

    private static Model model(AuditRequest.Table table) {
        return Models.find(table.name()).orElseThrow();
    }
}
