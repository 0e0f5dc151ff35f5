package uk.fpw.audit.change;

import java.util.List;
import java.util.Set;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.CountedMart;
import uk.fpw.audit.session.CreatedTables;
import uk.fpw.audit.session.QueryRow;
import uk.fpw.model.FigureDefinition;

/**
 * Computes the contribution of each cause to each count of a month, a week, or the latest day of the replaced
 * release, as the table {@code figure_part}. Counts are sums over spells: in every cell of its queue, a changed spell
 * subtracts what it counted before and adds what it counts now, by the definitions of the counts. If the queue itself
 * is counted differently, all spells of the replaced release are first counted by both definitions, and then the
 * changed spells by the new definition only.
 *
 * <p>Queues are counted one after another, each with its stages, so that memory is only needed for the largest. If
 * only single spells of a queue changed, it is counted from the month and week of its first changed day, because
 * everything before is equal in both releases.
 */
final class FigureParts {

    private FigureParts() {}

    /**
     * Creates the table; needs those of {@link ChangedSpells} and {@link RedefinedQueues}.
     *
     * @param replacedAsAt business date of the replaced release, such as {@code 2016-01-12}
     */
    static void count(AuditSession session, String replacedAsAt) {
        session.createTable("changed_from", AuditQuery.named("changed_from"));
        for (String schema : List.of("replaced_count", "new_count")) {
            session.createSchema(schema);
            session.in(schema, () -> session.createTable("cell", AuditQuery.named("counted_cell_none")));
        }
        for (QueryRow family : session.rows(AuditQuery.named("counted_family"))) {
            session.createTable("family_queue", AuditQuery.named("family_queue").with("family", family.text(0)));
            count(session, "replaced_count", true, replacedAsAt);
            count(session, "new_count", false, replacedAsAt);
            session.dropTable("family_queue");
        }
        session.createTable("figure_part", AuditQuery.named("figure_part"));
    }

    /** Drops tables that were only needed for the parts, to free their memory. */
    static void forget(AuditSession session) {
        session.dropSchema("replaced_count");
        session.dropSchema("new_count");
        session.dropTable("figure_part");
    }

    private static void count(AuditSession session, String schema, boolean isReplaced, String replacedAsAt) {
        CreatedTables created = CreatedTables.of(session);
        // a table in this schema shadows that of the release with the same name
        session.in(schema + (isReplaced ? ",replaced" : ""), () -> {
            session.createTable("counted", AuditQuery.named(isReplaced ? "counted_as_replaced" : "counted_as_new"));
            if (session.count("counted") > 0) {
                session.createTable("business_date", AuditQuery.named("counted_day"));
                session.createTable("role", AuditQuery.named("counted_role"));
                session.createTable(
                        "queue_definition",
                        AuditQuery.named("counted_queue_definition").with("is_replaced", isReplaced));
                session.createTable("queue_standard", AuditQuery.named("counted_queue_standard"));
                session.createTable("spell", AuditQuery.named("counted_spell"));
            }
        });
        session.in(schema, () -> {
            if (session.count("counted") > 0) {
                List<CountedMart> marts = CountedMart.all();
                FigureDefinition.withSources(
                                marts.stream().map(CountedMart::definition).toList(), Set.of("spell"))
                        .forEach(session::createTable);
                marts.forEach(mart -> session.append(
                        "cell", mart.counts("counted_cell", mart.definition().name(), replacedAsAt)));
            }
        });
        created.drop();
    }
}
