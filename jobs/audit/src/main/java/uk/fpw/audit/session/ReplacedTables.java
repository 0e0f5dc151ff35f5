package uk.fpw.audit.session;

import java.util.List;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.FigureChangeRequest.ReplacedRelease;

/**
 * Shows the release that a candidate replaces: its tables and the definitions of its force in schema
 * {@code replaced}, and the published figures of both releases.
 */
public final class ReplacedTables {

    private ReplacedTables() {}

    /** Creates the schema; the candidate's tables must exist. */
    public static void show(AuditSession session, ReplacedRelease replaced) {
        session.createSchema("replaced");
        session.in("replaced", () -> {
            session.define(replaced.definitions());
            for (AuditRequest.Table table : replaced.tables()) {
                Model model = Models.find(table.name()).orElseThrow();
                session.show(model.name(), model, table);
            }
        });
    }

    /**
     * Creates {@code compared_figures}, and {@code figure} and {@code counted_queue} for both releases. A table that
     * the replaced release does not have is not compared: it stated nothing, which is not 0.
     */
    public static void showFigures(AuditSession session, ReplacedRelease replaced) {
        List<CountedMart> marts = CountedMart.all().stream()
                .filter(mart -> replaced.tables().stream()
                        .anyMatch(table -> table.name().equals(mart.model().table())))
                .toList();
        session.createTable("compared_figures", AuditQuery.named("compared_figures"));
        for (String schema : List.of("replaced", "main")) {
            session.in(schema, () -> {
                session.createView(
                        "figure",
                        marts.stream()
                                .map(mart -> mart.counts("figure", mart.model().name(), replaced.businessDate()))
                                .toList());
                session.createView("counted_queue", AuditQuery.named("counted_queue"));
            });
        }
    }
}
