package uk.fpw.warehouse.store.load;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.KeyFormat;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.load.current.CurrentBranch;
import uk.fpw.warehouse.store.load.current.CurrentRows;
import uk.fpw.warehouse.store.load.key.KeyBucket;
import uk.fpw.warehouse.store.load.key.KeyMapping;
import uk.fpw.warehouse.store.load.key.LegacyRowHash;
import uk.fpw.warehouse.store.load.key.RowHash;
import uk.fpw.warehouse.store.load.row.FeedTables;
import uk.fpw.warehouse.store.load.row.RowVersion;

/**
 * Replaces the keys in versions of a feed's rows by those of a mapping: pseudonyms, row keys and items, and the hashes
 * and buckets derived from them. Before replacing a hash, checks that the stored one matches the stored values.
 */
public final class VersionKeys {

    private static final String OWN = "_";
    private static final String PROPERTY = "fpw.";

    private final String table;
    private final List<String> columns;
    private final Set<String> pseudonyms = new HashSet<>();
    private final Set<String> undeclared = new HashSet<>();
    private final Set<String> otherThanKeys = new HashSet<>();
    private final boolean isKeyedByRow;
    private final KeyMapping keys;
    private final RowHash rowHash;
    private final LegacyRowHash content;
    private final Set<String> held = new HashSet<>();
    private final Map<String, String> newHeld = new HashMap<>();

    /**
     * A replacement in one table.
     *
     * @param table qualified name
     * @param summaries summaries of all its snapshots
     * @param feed definition of the feed; null if the force no longer has the feed
     * @param keys mapping that the caller fills before calling {@link #change}
     */
    public VersionKeys(
            String table,
            Schema schema,
            Collection<Map<String, String>> summaries,
            @Nullable Feed feed,
            KeyMapping keys) {
        this.table = table;
        this.keys = keys;
        this.columns = schema.columns().stream()
                .map(NestedField::name)
                .filter(name -> !name.startsWith(OWN))
                .toList();
        this.rowHash = new RowHash(columns);
        this.content = new LegacyRowHash(columns);
        Map<String, Feed.Privacy> declared = new HashMap<>();
        if (feed != null) {
            feed.columns().forEach(column -> declared.put(column.name(), column.privacy()));
        }
        for (String column : columns) {
            if (declared.get(column) == Feed.Privacy.PSEUDONYMISE) {
                pseudonyms.add(column);
            } else if (!declared.containsKey(column)
                    && schema.findField(column).type().typeId() == Type.TypeID.STRING) {
                undeclared.add(column);
            }
        }
        boolean isByRow = feed != null && feed.isKeyedByRow();
        for (Map<String, String> summary : summaries) {
            isByRow |= feed == null && Feed.ROW.equals(summary.get(Load.KEY_COLUMNS));
            summary.forEach((name, value) -> {
                if (is(name, Load.HELD_KEYS)) {
                    held.addAll(HeldKeys.parse(value).hashes());
                }
            });
        }
        this.isKeyedByRow = isByRow;
    }

    /**
     * Whether rows must first be passed to {@link #classify}, because there are columns that the feed does not declare.
     */
    public boolean hasUndeclared() {
        return !undeclared.isEmpty();
    }

    /** Examines a row to find undeclared columns that contain only pseudonyms. */
    public void classify(Record row, KeyFormat format) {
        for (String column : undeclared) {
            if (row.getField(column) instanceof String text) {
                (KeyMapping.isKey(text, format) ? pseudonyms : otherThanKeys).add(column);
            }
        }
    }

    /** Ends the examination. */
    public void classified() {
        pseudonyms.removeAll(otherThanKeys);
    }

    /** Whether rows can contain keys. */
    public boolean hasKeys() {
        return isKeyedByRow || !pseudonyms.isEmpty();
    }

    /** Whether rows have no key of their own. */
    public boolean isKeyedByRow() {
        return isKeyedByRow;
    }

    /** Visits all pseudonyms in a row. */
    public void pseudonyms(Record row, Consumer<String> visitor) {
        for (String column : pseudonyms) {
            if (row.getField(column) instanceof String text) {
                visitor.accept(text);
            }
        }
    }

    /**
     * Adds the generated key of a row to the mapping, which already contains the row's pseudonyms.
     *
     * @param before pseudonym key with which the row key was made, in its format
     * @param after pseudonym key for the new row key; null to keep the bytes and change only the format, if nothing
     *     else in the row can change the key
     */
    public void addRowKey(Record row, Pseudonymiser before, @Nullable Pseudonymiser after) {
        if (!isKeyedByRow || row.getField(FeedTables.ROW_HASH) == null) {
            return;
        }
        String key = text(row, FeedTables.KEY);
        String known = key.substring(0, Math.max(key.indexOf('|'), 0));
        if (keys.find(known) != null) {
            return;
        }
        String unreadable = RowVersion.unreadable((String) row.getField(FeedTables.FLAGS));
        List<@Nullable Object> old = values(row);
        List<@Nullable Object> now = mapped(old);
        if (after == null && old.equals(now)) {
            keys.put(known, KeyMapping.hash(known));
            return;
        }
        if (!LegacyRowHash.rowKey(before, content.of(old, unreadable)).equals(known)) {
            throw unexplained(row, "key");
        }
        keys.put(known, (after == null ? before : after).hash(content.of(now, unreadable)));
    }

    /**
     * Replaces the keys in a row.
     *
     * @return whether anything in it has changed
     * @throws FpwException with {@code CONFIGURATION} if the hash does not match the values
     */
    public boolean change(Record row) {
        String key = text(row, FeedTables.KEY);
        String item = text(row, FeedTables.ITEM);
        String newKey = keys.text(key);
        String newItem = keys.text(item);
        List<@Nullable Object> old = values(row);
        List<@Nullable Object> now = mapped(old);
        if (newKey.equals(key) && newItem.equals(item) && now.equals(old)) {
            return false;
        }
        if (!held.isEmpty() && held.contains(HeldKeys.hash(key))) {
            newHeld.put(HeldKeys.hash(key), HeldKeys.hash(newKey));
        }
        if (row.getField(FeedTables.ROW_HASH) instanceof String hash) {
            row.setField(FeedTables.ROW_HASH, hash(row, hash, old, now, item, newItem));
        }
        for (int index = 0; index < columns.size(); index++) {
            if (now.get(index) != old.get(index)) {
                row.setField(columns.get(index), now.get(index));
            }
        }
        row.setField(FeedTables.KEY, newKey);
        row.setField(FeedTables.ITEM, newItem);
        if (row.getField(FeedTables.BUCKET) != null) {
            row.setField(FeedTables.BUCKET, KeyBucket.of(KeyBucket.checksum(isKeyedByRow, newKey)));
        }
        return true;
    }

    /**
     * The summary of a snapshot after the replacement. The digests of buckets are dropped.
     *
     * @param fingerprint maps the old fingerprint of the pseudonym key to the new one
     */
    public Map<String, String> summary(Map<String, String> summary, UnaryOperator<String> fingerprint) {
        Map<String, String> changed = new LinkedHashMap<>();
        summary.forEach((name, value) -> {
            if (is(name, Load.KEY_FINGERPRINT)) {
                changed.put(name, fingerprint.apply(value));
            } else if (is(name, Load.HELD_KEYS)) {
                String text = HeldKeys.parse(value).mapped(newHeld).text();
                changed.put(name, text == null ? value : text);
            } else if (!name.equals(CurrentBranch.DIGESTS)) {
                changed.put(name, value);
            }
        });
        return changed;
    }

    /**
     * The summary of a snapshot of a table from which rows were erased: without the keys held for these rows. The
     * digests of buckets are dropped.
     *
     * @param erased keys of which no version remains
     */
    public static Map<String, String> withoutKeys(Map<String, String> summary, Set<String> erased) {
        Map<String, String> changed = new LinkedHashMap<>();
        summary.forEach((name, value) -> {
            if (is(name, Load.HELD_KEYS)) {
                String text = HeldKeys.parse(value).without(erased).text();
                if (text != null) {
                    changed.put(name, text);
                }
            } else if (!name.equals(CurrentBranch.DIGESTS)) {
                changed.put(name, value);
            }
        });
        return changed;
    }

    private String hash(
            Record row,
            String stored,
            List<@Nullable Object> old,
            List<@Nullable Object> now,
            String item,
            String newItem) {
        String unreadable = RowVersion.unreadable((String) row.getField(FeedTables.FLAGS));
        if (hash(stored, old, item + unreadable).equals(stored)) {
            return hash(stored, now, newItem + unreadable);
        }
        // Each row is a separate item.
        if (hash(stored, old, unreadable).equals(stored)) {
            return hash(stored, now, unreadable);
        }
        throw unexplained(row, "hash");
    }

    private String hash(String stored, List<@Nullable Object> values, String item) {
        return RowHash.isFormer(stored) ? content.of(values, item) : rowHash.of(values, item);
    }

    private FpwException unexplained(Record row, String what) {
        return FpwException.configuration(
                table + ": the " + what + " of a row of load " + row.getField(FeedTables.LOAD_ID) + " (line "
                        + row.getField(FeedTables.LINE)
                        + ") does not match its values, so its replacement is unknown. Nothing was changed; "
                        + "use the pseudonym key with which it was loaded, or report it");
    }

    private List<@Nullable Object> mapped(List<@Nullable Object> values) {
        List<@Nullable Object> mapped = new ArrayList<>(values);
        for (int index = 0; index < columns.size(); index++) {
            if (mapped.get(index) instanceof String text && pseudonyms.contains(columns.get(index))) {
                String found = keys.find(text);
                mapped.set(index, found == null ? text : found);
            }
        }
        return mapped;
    }

    /** The source values as they were when they were hashed. */
    private List<@Nullable Object> values(Record row) {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        for (String column : columns) {
            Object value = row.getField(column);
            values.add(value instanceof OffsetDateTime time ? (Object) instant(time) : value);
        }
        return values;
    }

    private static Instant instant(OffsetDateTime time) {
        return time.toInstant();
    }

    /** Whether a property has that name, possibly in the copy of a load's record kept by a withdrawal. */
    private static boolean is(String name, String property) {
        return name.startsWith(PROPERTY) && name.endsWith("." + property.substring(PROPERTY.length()));
    }

    private static String text(Record row, String field) {
        return CurrentRows.text(row, field);
    }
}
