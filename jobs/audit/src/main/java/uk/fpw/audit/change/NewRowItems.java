package uk.fpw.audit.change;

import java.util.List;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.warehouse.message.FigureChangeRequest;
import uk.fpw.warehouse.message.FigureChangeRequest.NewRows;

/**
 * Finds the items whose rows were loaded or withdrawn since the replaced release, as the table {@code new_row}: one
 * row for each row of a source and each item that it was about in the replaced release, is about now, or was about in
 * a version in between. A row that moves to another item therefore counts for both.
 */
final class NewRowItems {

    private NewRowItems() {}

    /** Creates the table. */
    static void find(AuditSession session, FigureChangeRequest request) {
        session.createTable("new_row", AuditQuery.named("new_row_none"));
        request.feeds().stream()
                .filter(feed -> !feed.stored().files().isEmpty())
                .forEach(feed -> append(session, feed));
    }

    private static void append(AuditSession session, NewRows feed) {
        List<String> files = feed.stored().filesOfNewRows();
        session.createFunction(
                "stored_row()",
                AuditQuery.named("stored_row")
                        .with("files", files)
                        .with("withdrawn_since", feed.withdrawnSince())
                        .with("withdrawn_loads", feed.withdrawnLoads())
                        .with("loads", feed.loads())
                        .with("known_to", feed.knownTo()));
        List<String> compared = feed.stored().comparedColumns().isEmpty()
                ? List.of()
                : session.storedColumns(files).stream()
                        .filter(feed.stored().comparedColumns()::contains)
                        .toList();
        session.createView(
                "unchanged_row",
                compared.isEmpty()
                        ? AuditQuery.named("unchanged_row_none")
                        : AuditQuery.named("unchanged_row")
                                .with("columns", compared)
                                .with("files", files));
        session.append(
                "new_row",
                AuditQuery.named("new_row_of_feed")
                        .with("feed", feed.feed())
                        .with("source", feed.source())
                        .with("is_late", feed.wasLate()));
    }
}
