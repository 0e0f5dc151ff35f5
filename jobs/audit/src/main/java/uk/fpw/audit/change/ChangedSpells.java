package uk.fpw.audit.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.ReplacedTables;
import uk.fpw.model.ChangeCause;
import uk.fpw.warehouse.message.FigureChangeRequest;

/**
 * Finds the spells that differ between a candidate and the release that it replaces, as of the last day known to
 * both, with their cause: the first of {@link ChangeCause} whose condition is true. Creates the table
 * {@code changed_spell}.
 */
public final class ChangedSpells {

    private ChangedSpells() {}

    /** Creates the table; needs {@link ReplacedTables} and {@code redefined_queue}. */
    public static void find(AuditSession session, FigureChangeRequest request) {
        NewRowItems.find(session, request);
        session.createTable("queue_feed", pairs(request.differences().queueFeeds()));
        List.of("replaced", "main")
                .forEach(schema -> session.in(
                        schema, () -> session.createView("excluded_item", AuditQuery.named("excluded_item"))));
        session.createFunction(
                "known_spell(source)", AuditQuery.named("known_spell").with("source", "source"));
        session.createTable("spell_difference", AuditQuery.named("spell_difference"));
        session.createTable("item_with_rows", AuditQuery.named("item_with_rows"));
        ReferenceRows.find(session, request);
        session.createTable(
                "changed_spell",
                AuditQuery.named("changed_spell")
                        .with("is_other_software", request.differences().isOtherSoftware())
                        .with("is_erased", request.differences().isErased())
                        .with("decision", ChangeCause.decision()));
    }

    /** Feeds by queue, as a query. */
    static AuditQuery pairs(Map<String, List<String>> feedsByQueue) {
        List<String> queues = new ArrayList<>();
        List<String> feeds = new ArrayList<>();
        feedsByQueue.forEach((queue, ofQueue) -> ofQueue.forEach(feed -> {
            queues.add(queue);
            feeds.add(feed);
        }));
        return AuditQuery.named("queue_feed").with("queues", queues).with("feeds", feeds);
    }
}
