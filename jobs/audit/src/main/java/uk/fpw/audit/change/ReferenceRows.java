package uk.fpw.audit.change;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.warehouse.message.FigureChangeRequest;
import uk.fpw.warehouse.message.FigureChangeRequest.NewRows;

/**
 * Finds the items that may have changed because of rows about something else, which a staging query joins to their
 * own, and whether a row of the item names a changed row, as the table {@code reference_item}. Only checks items that
 * changed without rows of their own; so in most runs it reads no file.
 *
 * <p>A feed is a lookup of a queue if none of its rows is about an item of the queue. A changed lookup may have
 * changed any item of its queue, because it is not recorded to which of its rows an item was joined. A row of any
 * other joined feed counts only for items that name it.
 */
final class ReferenceRows {

    private ReferenceRows() {}

    /**
     * Creates the table; needs {@code spell_difference}, {@code item_with_rows}, {@code new_row} and
     * {@code redefined_queue}.
     */
    static void find(AuditSession session, FigureChangeRequest request) {
        session.createTable(
                "joined_feed", ChangedSpells.pairs(request.differences().referenceFeeds()));
        session.createTable("own_feed", ChangedSpells.pairs(Map.of()));
        session.createTable("item_value", AuditQuery.named("item_value_none"));
        session.createTable("item_without_rows", AuditQuery.named("item_without_rows"));
        if (session.count("item_without_rows") > 0) {
            Set<String> joined = request.differences().referenceFeeds().values().stream()
                    .flatMap(List::stream)
                    .collect(Collectors.toSet());
            request.feeds().stream()
                    .filter(feed -> joined.contains(feed.feed())
                            && !feed.stored().allFiles().isEmpty())
                    .forEach(feed -> read(session, feed));
        }
        session.createTable("reference_item", AuditQuery.named("reference_item"));
    }

    private static void read(AuditSession session, NewRows feed) {
        List<String> files = feed.stored().allFiles();
        if (session.number(AuditQuery.named("new_row_count").with("feed", feed.feed())) > 0) {
            session.append(
                    "own_feed",
                    AuditQuery.named("own_feed")
                            .with("feed", feed.feed())
                            .with("source", feed.source())
                            .with("files", files));
        }
        session.append(
                "item_value",
                AuditQuery.named("item_value").with("source", feed.source()).with("files", files));
    }
}
