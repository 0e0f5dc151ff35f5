package uk.fpw.audit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import uk.fpw.audit.change.ChangedSpells;
import uk.fpw.audit.change.RedefinedQueues;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.QueryRow;
import uk.fpw.audit.session.ReplacedTables;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.FigureChangeRequest;
import uk.fpw.warehouse.message.FigureChangeRequest.Carried;
import uk.fpw.warehouse.message.FigureChangeRequest.Differences;
import uk.fpw.warehouse.message.FigureChangeRequest.NewRows;
import uk.fpw.warehouse.message.FigureChangeRequest.ReplacedRelease;

/** The spells of a queue in the release of 10 January 2016 and in the candidate of the next day. */
public final class TwoReleases implements AutoCloseable {

    private static final List<String> TABLES = List.of(
            "core.spell",
            "core.exclusion",
            "core.irregularity",
            "mart.queue_daily",
            "mart.queue_weekly",
            "mart.queue_monthly",
            "mart.queue_exit");

    private final ParquetFiles files;
    private final AuditSession session = AuditSession.open("Europe/London");

    public TwoReleases(Path folder) {
        this.files = new ParquetFiles(folder);
    }

    /**
     * Shows both releases and finds what has changed.
     *
     * @param before query that returns the spells of the replaced release
     * @param after query that returns the spells of the candidate
     * @param queueDefinitions rows of both releases' {@code queue_definition}, as JSON
     */
    public AuditSession compare(
            String before, String after, String queueDefinitions, Differences differences, NewRows... feeds) {
        Map<String, String> definitions = Map.of("queue_definition", queueDefinitions);
        session.define(definitions);
        tables("after", after)
                .forEach(table -> session.show(
                        Models.find(table.name()).orElseThrow().name(),
                        Models.find(table.name()).orElseThrow(),
                        table));
        FigureChangeRequest request = new FigureChangeRequest(
                new ReplacedRelease(ReleaseId.of("2016-01-10.1"), "2016-01-10", definitions, tables("before", before)),
                null,
                differences,
                List.of(feeds),
                Carried.none("2013-11-10"),
                "unused");
        ReplacedTables.show(session, request.replaced());
        ReplacedTables.showFigures(session, request.replaced());
        RedefinedQueues.find(session, request);
        ChangedSpells.find(session, request);
        RedefinedQueues.findRecounted(session, request);
        return session;
    }

    /** Each changed spell as {@code item entered on: change, cause}. */
    public static List<String> changes(AuditSession session) {
        return session
                .rows("select coalesce(new_spell.item_key, replaced_spell.item_key) || ' ' "
                        + "|| coalesce(new_spell.entered_on, replaced_spell.entered_on) || ': ' || change || ', ' "
                        + "|| cause from changed_spell left join main.spell as new_spell "
                        + "on changed_spell.new_spell_id = new_spell.spell_id left join replaced.spell as "
                        + "replaced_spell on changed_spell.replaced_spell_id = replaced_spell.spell_id order by 1")
                .stream()
                .map(row -> new QueryRow(row).text(0))
                .toList();
    }

    private List<AuditRequest.Table> tables(String name, String spells) {
        String file = files.write(name + " spells", spells);
        return TABLES.stream()
                .map(table -> new AuditRequest.Table(
                        table,
                        Models.find(table).orElseThrow().columnNames(),
                        Stream.of(file)
                                .filter(one -> table.equals("core.spell"))
                                .toList()))
                .toList();
    }

    @Override
    public void close() {
        session.close();
    }
}
