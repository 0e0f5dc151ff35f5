package uk.fpw.warehouse.store.rewrite;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.KeyFormat;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.VersionKeys;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.load.key.KeyMapping;
import uk.fpw.warehouse.store.load.row.FeedTables;

/**
 * Which rows of the tables are about something to erase. Of a feed: all versions of the rows with a key, and the
 * versions that have a pseudonym in one of its columns; a deletion, if no other version of its row remains. Of other
 * tables: rows that name an item of which no row remains, or a row of a feed, or that contain a pseudonym. All
 * snapshots are read.
 */
final class ErasedRows {

    private static final String ROW_KEY = "row_key";
    private static final String ITEM_KEY = "item_key";
    private static final String CASE_KEY = "case_key";

    private final Sought sought;
    private final ErasedTexts texts;
    private final Map<String, Feed> feeds = new HashMap<>();
    private final Map<String, Model> models = new HashMap<>();
    private final Map<String, VersionKeys> versions = new LinkedHashMap<>();

    /** By feed, the keys of erased versions, and those of which another version remains. */
    private final Map<String, Set<String>> erasedKeys = new HashMap<>();

    private final Map<String, Set<String>> remainingKeys = new HashMap<>();

    /** Items as {@code source:item}, of erased versions and of others. */
    private final Set<String> items = new HashSet<>();

    private final Set<String> remainingItems = new HashSet<>();

    /** Reads the tables of all feeds, twice. */
    ErasedRows(Map<String, RewrittenTable> tables, Force force, KeyFormat format, Sought sought, IndexMemory memory) {
        this.sought = sought;
        this.texts = new ErasedTexts(sought, Set.of());
        force.feeds().forEach(feed -> feeds.put(feed.name(), feed));
        Models.all().forEach(model -> models.put(model.table(), model));
        models.put(Models.entryLedger().table(), Models.entryLedger());
        Map<String, RewrittenTable> ofFeeds = new LinkedHashMap<>();
        KeyMapping none = new KeyMapping(memory);
        tables.forEach((name, table) -> {
            String feed = feed(name);
            if (feed != null) {
                VersionKeys rows = new VersionKeys(name, table.schema(), table.summaries(), feeds.get(feed), none);
                if (rows.hasUndeclared()) {
                    table.forEach(row -> rows.classify(row, format));
                    rows.classified();
                }
                versions.put(feed, rows);
                ofFeeds.put(feed, table);
            }
        });
        ofFeeds.forEach((feed, table) -> table.forEach(row -> note(feed, row)));
        ofFeeds.forEach((feed, table) -> table.forEach(row -> noteRemaining(feed, row)));
        items.removeAll(remainingItems);
    }

    private void note(String feed, Record row) {
        if (isSought(feed, row)) {
            erasedKeys.computeIfAbsent(feed, first -> new HashSet<>()).add(text(row, FeedTables.KEY));
            items.add(item(feed, row));
        }
    }

    private void noteRemaining(String feed, Record row) {
        if (isDeletion(row) || isSought(feed, row)) {
            return;
        }
        String key = text(row, FeedTables.KEY);
        if (keys(erasedKeys, feed).contains(key)) {
            remainingKeys.computeIfAbsent(feed, first -> new HashSet<>()).add(key);
        }
        String item = item(feed, row);
        if (items.contains(item)) {
            remainingItems.add(item);
        }
    }

    private boolean isSought(String feed, Record row) {
        if (sought.hasKey(feed, text(row, FeedTables.KEY))) {
            return true;
        }
        VersionKeys rows = versions.get(feed);
        if (rows == null || !sought.hasPseudonyms()) {
            return false;
        }
        boolean[] isFound = new boolean[1];
        rows.pseudonyms(row, pseudonym -> isFound[0] |= sought.hasPseudonym(pseudonym));
        return isFound[0];
    }

    /** Whether a row of a table is erased. */
    boolean has(String table, Record row) {
        String feed = feed(table);
        if (feed == null) {
            Model model = models.get(table);
            return model == null ? hasPseudonym(row) : isAboutErased(model, row);
        }
        return isSought(feed, row)
                || (isDeletion(row)
                        && keys(erasedKeys, feed).contains(text(row, FeedTables.KEY))
                        && !keys(remainingKeys, feed).contains(text(row, FeedTables.KEY)));
    }

    private boolean isAboutErased(Model model, Record row) {
        if (has(row, ROW_KEY) && isErasedRow(text(row, "feed"), text(row, ROW_KEY))) {
            return true;
        }
        String item = itemColumn(model);
        return (item != null && has(row, item) && items.contains(text(row, item))) || hasPseudonym(row);
    }

    /**
     * The column with the item that a row of a table is about; null if there is none. Other columns that identify, such
     * as a contributor, may name an erased item in a row about one that stays.
     */
    static @Nullable String itemColumn(Model model) {
        return model.identifies(ITEM_KEY) ? ITEM_KEY : model.identifies(CASE_KEY) ? CASE_KEY : null;
    }

    /** Whether no version of a row remains. */
    boolean isErasedRow(String feed, String key) {
        return keys(erasedKeys, feed).contains(key)
                && !keys(remainingKeys, feed).contains(key);
    }

    private boolean hasPseudonym(Record row) {
        if (!sought.hasPseudonyms()) {
            return false;
        }
        for (int place = 0; place < row.size(); place++) {
            Object value = row.get(place);
            if (value instanceof String text
                    ? texts.hasPseudonym(text)
                    : value instanceof Map<?, ?> map
                            && map.values().stream()
                                    .anyMatch(one -> one instanceof String text && texts.hasPseudonym(text))) {
                return true;
            }
        }
        return false;
    }

    /** The feeds of which rows go or are sought by their keys. */
    Set<String> feeds() {
        Set<String> feeds = new TreeSet<>(erasedKeys.keySet());
        feeds.addAll(sought.feeds());
        return feeds;
    }

    /** The keys of a feed of which no version remains, and those sought, as far as they are known. */
    Set<String> keys(String feed) {
        Set<String> gone = new HashSet<>(sought.knownKeys(feed));
        keys(erasedKeys, feed).stream().filter(key -> isErasedRow(feed, key)).forEach(gone::add);
        return gone;
    }

    /** Items, as {@code source:item}, of which no row remains. */
    Set<String> items() {
        return Set.copyOf(items);
    }

    private String item(String feed, Record row) {
        Feed declared = feeds.get(feed);
        return (declared == null ? "" : declared.source() + ":") + text(row, FeedTables.ITEM);
    }

    /** The feed of a table; null if it has the rows of none. */
    static @Nullable String feed(String table) {
        return table.startsWith(WarehouseCatalog.RAW + ".") ? table.substring(table.indexOf('.') + 1) : null;
    }

    private static boolean isDeletion(Record row) {
        return row.getField(FeedTables.ROW_HASH) == null;
    }

    private static boolean has(Record row, String column) {
        return row.struct().field(column) != null && row.getField(column) != null;
    }

    private static Set<String> keys(Map<String, Set<String>> byFeed, String feed) {
        return byFeed.getOrDefault(feed, Set.of());
    }

    private static String text(Record row, String field) {
        return String.valueOf(row.getField(field));
    }
}
