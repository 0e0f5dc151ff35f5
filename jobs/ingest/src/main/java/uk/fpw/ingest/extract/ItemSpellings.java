package uk.fpw.ingest.extract;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.text.TextTransform;
import uk.fpw.warehouse.store.load.row.RowVersion;

/**
 * Counts the items of a source that equal another one except for blanks and case; each of them counts separately in
 * figures. Counted while items are still in clear text. Only hashes are stored, and only during the load. For very many
 * items, a sample with certain hashes is counted. Not thread-safe.
 */
public final class ItemSpellings {

    private static final int MOST = 1 << 19;

    private final int position;
    private final int most;
    private long[] levels = new long[1 << 10];
    private long[] items = new long[levels.length];
    private int size;
    private int sampleBits;
    private final Map<Long, Set<Long>> others = new HashMap<>();

    private ItemSpellings(int position, int most) {
        this.position = position;
        this.most = most;
    }

    /** A new counter; null if the items of the feed are not texts or each row is a separate item. */
    static @Nullable ItemSpellings of(Feed feed) {
        return of(feed, MOST);
    }

    /**
     * The same with another limit.
     *
     * @param most number of items above which a sample is used
     */
    static @Nullable ItemSpellings of(Feed feed, int most) {
        if (feed.isItemPerRow() || feed.column(feed.item()).type() != Feed.Type.TEXT) {
            return null;
        }
        return new ItemSpellings(feed.columns().indexOf(feed.column(feed.item())), most);
    }

    /**
     * Adds the item of a row.
     *
     * @param row row as read
     * @param version version to store
     */
    void add(SourceRow row, RowVersion version) {
        Object written = row.fields().get(position);
        if (written != null) {
            String level = TextTransform.LOWER.apply(TextTransform.COLLAPSE_SPACES.apply(written.toString()));
            add(hash(level), hash(version.item()));
        }
    }

    /** Adds the items of another range of the same source. */
    void include(ItemSpellings other) {
        for (int slot = 0; slot < other.levels.length; slot++) {
            if (other.levels[slot] != 0) {
                add(other.levels[slot], other.items[slot]);
            }
        }
        other.others.forEach((level, spelled) -> spelled.forEach(item -> add(level, item)));
        while (sampleBits < other.sampleBits) {
            thin();
        }
    }

    /** Number of items that equal an earlier one except for blanks and case. */
    public long count() {
        long count = others.values().stream().mapToLong(Set::size).sum();
        return count << sampleBits;
    }

    private void add(long level, long item) {
        if (!isSampled(level)) {
            return;
        }
        int slot = slot(level);
        if (levels[slot] == 0) {
            levels[slot] = level;
            items[slot] = item;
            size++;
            if (size > most) {
                thin();
            } else if (size > levels.length / 2) {
                rebuild(levels.length * 2);
            }
        } else if (items[slot] != item) {
            others.computeIfAbsent(level, first -> new HashSet<>()).add(item);
        }
    }

    private boolean isSampled(long level) {
        return (level & ((1L << sampleBits) - 1)) == 0;
    }

    private int slot(long level) {
        int slot = (int) (level >>> 32) & (levels.length - 1);
        while (levels[slot] != 0 && levels[slot] != level) {
            slot = (slot + 1) & (levels.length - 1);
        }
        return slot;
    }

    private void thin() {
        sampleBits++;
        others.keySet().removeIf(level -> !isSampled(level));
        rebuild(levels.length);
    }

    private void rebuild(int length) {
        long[] oldLevels = levels;
        long[] oldItems = items;
        levels = new long[length];
        items = new long[length];
        size = 0;
        for (int old = 0; old < oldLevels.length; old++) {
            if (oldLevels[old] != 0 && isSampled(oldLevels[old])) {
                int slot = slot(oldLevels[old]);
                levels[slot] = oldLevels[old];
                items[slot] = oldItems[old];
                size++;
            }
        }
    }

    /** FNV-1a over the characters, with the finalizer of MurmurHash3; never 0. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int at = 0; at < text.length(); at++) {
            hash = (hash ^ text.charAt(at)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash == 0 ? 1 : hash;
    }
}
