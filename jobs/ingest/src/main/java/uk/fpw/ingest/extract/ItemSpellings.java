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
 * How many items of a source are another one but for blanks and capitals: each counts by itself. Counted while the
 * items can still be read; only hashes of them are kept, and none after the load. Of very many items those are counted
 * whose hash is divisible, as a sample. For one thread.
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

    /** Of no row yet; null if the items of the feed are no texts, or each row is one. */
    static @Nullable ItemSpellings of(Feed feed) {
        return of(feed, MOST);
    }

    /**
     * The same.
     *
     * @param most items, from which on they are sampled
     */
    static @Nullable ItemSpellings of(Feed feed, int most) {
        if (feed.isItemPerRow() || feed.column(feed.item()).type() != Feed.Type.TEXT) {
            return null;
        }
        return new ItemSpellings(feed.columns().indexOf(feed.column(feed.item())), most);
    }

    /**
     * Notes the item of a row.
     *
     * @param row as it was read
     * @param version as it is stored
     */
    void add(SourceRow row, RowVersion version) {
        Object written = row.fields().get(position);
        if (written != null) {
            String level = TextTransform.LOWER.apply(TextTransform.COLLAPSE_SPACES.apply(written.toString()));
            add(hash(level), hash(version.item()));
        }
    }

    /** Adds what another range of the same source has. */
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

    /** Items beyond the first of each that are the same but for blanks and capitals. */
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

    /** FNV-1a over the characters, with the finish of MurmurHash3; never 0. */
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
