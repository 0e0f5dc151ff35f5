package uk.fpw.warehouse.force.feed;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.warehouse.force.yaml.DefinitionFile;

/** Checks the key and item columns of a feed. */
record KeyCheck(DefinitionFile feed) {

    void check() {
        FeedColumns columns = new FeedColumns(feed);
        List<DefinitionFile.Entry> key = new ArrayList<>();
        List<DefinitionFile.Entry> mayBeEmpty = new ArrayList<>();
        for (DefinitionFile.Part part : feed.parts("key")) {
            String column = part.text("column");
            if (part.tree().isTextual()) {
                key.add(new DefinitionFile.Entry(feed, part.path(), part.tree().textValue()));
            } else if (column != null) {
                DefinitionFile.Entry entry = new DefinitionFile.Entry(feed, part.path("column"), column);
                key.add(entry);
                if (part.at("may_be_empty").asBoolean()) {
                    mayBeEmpty.add(entry);
                }
            }
        }
        key.forEach(column -> columns.column(column.path(), column.text()));
        DefinitionFile.Entry.requireDistinct(key);
        boolean isByRow = feed.is("key", Feed.ROW);
        if (isByRow) {
            byRow();
        }
        if (!(isByRow && feed.is("item", Feed.ROW))) {
            columns.column("item");
        }
        if (!key.isEmpty() && mayBeEmpty.size() == key.size()) {
            feed.error(
                    "key",
                    "may be empty in every part, so a row could have no key",
                    "add a column that is always filled");
        }
        mayBeEmpty.forEach(this::mayBeEmpty);
        DefinitionFile.Part order = columns.column("order");
        if (order != null) {
            columns.requireType(
                    "order",
                    order,
                    FeedColumns.ORDERED,
                    ", which does not say what is later",
                    "choose a column of type whole, date, instant or local_time");
        }
    }

    /** Rows identified by their values can only be distinguished within one extract. */
    private void byRow() {
        if (feed.is("extract", "changes")) {
            feed.error(
                    "key",
                    "is row, but extract is changes: a changed row cannot be distinguished from a new one",
                    "list the columns that identify a row in the source, or set extract to full");
        }
        if (feed.has("deleted")) {
            feed.error(
                    "deleted",
                    "is set, but key is row: a row marked as deleted has other values than "
                            + "before, so the earlier row cannot be found",
                    "remove it, or list the columns that identify a row in the source");
        }
        if (feed.text("order") != null) {
            feed.error(
                    "order",
                    "is set, but key is row: rows have no versions",
                    "remove it, or list the columns of the key");
        }
        for (String own : List.of(Feed.ROW, "row_key")) {
            if (feed.part("columns", "name", own) != null) {
                feed.error(
                        "key",
                        "is row, and a column is named '" + own + "', which is reserved for the key of the row",
                        "rename the column and put its header in from");
            }
        }
    }

    private void mayBeEmpty(DefinitionFile.Entry part) {
        if (feed.is("item", part.text())) {
            part.error("'" + part.text() + "' may be empty, but is the item column", "remove may_be_empty");
        }
        DefinitionFile.Part column = feed.part("columns", "name", part.text());
        if (column != null && column.at("required").asBoolean()) {
            part.error("'" + part.text() + "' may be empty, but is required", "remove one of them");
        }
    }
}
