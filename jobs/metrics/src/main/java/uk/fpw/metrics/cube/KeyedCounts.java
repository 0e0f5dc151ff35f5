package uk.fpw.metrics.cube;

import it.unimi.dsi.fastutil.longs.Long2ObjectMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectMaps;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.series.ObservedSpell;

/**
 * Counts, or maxima, by a number such as a day, or by two numbers ({@link #key}). Consecutive keys are stored next to
 * each other in small pages: most keys are days, and successive spells often count on the same or close days.
 */
public final class KeyedCounts implements Serializable {

    private static final int WORD = 32;
    private static final int PAGE_BITS = 4;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;

    /** The value of keys that have not been counted. */
    private final int nothing;

    private final Long2ObjectOpenHashMap<int[]> pages = new Long2ObjectOpenHashMap<>();

    private transient long latestNumber;
    private transient int @Nullable [] latest;

    /** Receives a key and its value. */
    @FunctionalInterface
    public interface Visitor {
        /** Visits a key whose value differs from that of uncounted keys. */
        void visit(long key, int value);
    }

    private KeyedCounts(int nothing) {
        this.nothing = nothing;
    }

    /** No counts: 0 for every key. */
    static KeyedCounts none() {
        return new KeyedCounts(0);
    }

    /** No maxima yet: every key has {@link ObservedSpell#NONE}, the smallest number. */
    static KeyedCounts noMaxima() {
        return new KeyedCounts(ObservedSpell.NONE);
    }

    /** Combines two numbers into one key. */
    public static long key(int high, int low) {
        return ((long) high << WORD) | (low & 0xFFFF_FFFFL);
    }

    /** The first number of a key. */
    public static int high(long key) {
        return (int) (key >> WORD);
    }

    /** The second number of a key. */
    public static int low(long key) {
        return (int) key;
    }

    /** The value of a key. */
    public int get(long key) {
        int[] page = pages.get(key >> PAGE_BITS);
        return page == null ? nothing : page[place(key)];
    }

    void add(long key, int by) {
        int[] page = page(key >> PAGE_BITS);
        int place = place(key);
        page[place] = Math.addExact(page[place], by);
    }

    void addAll(KeyedCounts others) {
        makeRoomFor(others);
        others.forEach(this::add);
    }

    /** Raises the value of a key to this value, if it is smaller. */
    void max(long key, int value) {
        int[] page = page(key >> PAGE_BITS);
        int place = place(key);
        page[place] = Math.max(page[place], value);
    }

    /** Keeps the larger of the two values of each key. */
    void maxAll(KeyedCounts others) {
        makeRoomFor(others);
        others.forEach(this::max);
    }

    /** Other pages come in the order of their hashes, which would cluster at the beginning of a smaller table. */
    private void makeRoomFor(KeyedCounts others) {
        pages.ensureCapacity(others.pages.size());
    }

    /** The running sum of changes before a key. */
    public long before(long key) {
        long[] sum = new long[1];
        forEach((other, change) -> sum[0] += other < key ? change : 0);
        return sum[0];
    }

    /** Visits every counted key whose value has not returned to that of uncounted keys, in no particular order. */
    public void forEach(Visitor visitor) {
        for (Long2ObjectMap.Entry<int[]> page : Long2ObjectMaps.fastIterable(pages)) {
            visit(page.getLongKey(), page.getValue(), visitor);
        }
    }

    /** These keys, ascending. */
    public long[] keys() {
        long[] numbers = pages.keySet().toLongArray();
        Arrays.sort(numbers);
        long[] keys = new long[numbers.length * PAGE_SIZE];
        int[] size = new int[1];
        for (long number : numbers) {
            visit(number, pages.get(number), (key, value) -> keys[size[0]++] = key);
        }
        return Arrays.copyOf(keys, size[0]);
    }

    private void visit(long number, int[] page, Visitor visitor) {
        for (int place = 0; place < PAGE_SIZE; place++) {
            if (page[place] != nothing) {
                visitor.visit((number << PAGE_BITS) + place, page[place]);
            }
        }
    }

    private static int place(long key) {
        return (int) key & (PAGE_SIZE - 1);
    }

    private int[] page(long number) {
        int[] page = latest;
        if (page == null || latestNumber != number) {
            page = pages.get(number);
            if (page == null) {
                page = new int[PAGE_SIZE];
                Arrays.fill(page, nothing);
                pages.put(number, page);
            }
            latest = page;
            latestNumber = number;
        }
        return page;
    }
}
