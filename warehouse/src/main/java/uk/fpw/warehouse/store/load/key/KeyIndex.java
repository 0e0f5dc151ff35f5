package uk.fpw.warehouse.store.load.key;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.security.SecureRandom;

/**
 * A hash table from keys to two numbers each. It stores only a 128-bit hash of the key (XXH3 with a seed per process,
 * so that collisions cannot be constructed), which takes 48 to 96 bytes per key, however long the keys are. The
 * probability that two keys of a feed with a hundred million rows collide is below 1 in 10^22.
 */
public final class KeyIndex {

    private static final int WIDTH = 4;
    private static final int LEAST_SLOTS = 1024;
    private static final int MAX_SLOTS = 1 << 28;

    private static final Hasher128 HASHER = Hashing.xxh3_128(new SecureRandom().nextLong());

    private final IndexMemory memory;
    private long[] slots;
    private int size;

    /**
     * An empty index with room for a number of keys.
     *
     * @param memory memory to take from, until {@link #release}
     * @throws uk.fpw.warehouse.failure.FpwException with {@code CONFIGURATION} if there is not enough
     */
    public KeyIndex(IndexMemory memory, long keys) {
        this.memory = memory;
        long count = slotsFor(keys);
        memory.acquire(keys, bytes(count));
        slots = empty(count);
    }

    /** Number of keys. */
    public int size() {
        return size;
    }

    /** The place of a key, valid until the next {@link #put}; -1 if the key is missing. */
    public int find(String key) {
        HashValue128 hash = HASHER.hashCharsTo128Bits(key);
        int slot = probe(slots, high(hash), low(hash));
        return isFree(slots, slot) ? -1 : slot;
    }

    /** Puts a key with its numbers, replacing earlier ones. */
    public void put(String key, long first, long second) {
        HashValue128 hash = HASHER.hashCharsTo128Bits(key);
        int slot = probe(slots, high(hash), low(hash));
        if (isFree(slots, slot)) {
            if (isFull()) {
                reserve(size + 1L);
                slot = probe(slots, high(hash), low(hash));
            }
            slots[slot] = high(hash);
            slots[slot + 1] = low(hash);
            size++;
        }
        slots[slot + 2] = first;
        slots[slot + 3] = second;
    }

    /**
     * The same, unless the index would have to grow beyond the available memory; in that case returns false and puts
     * nothing.
     */
    public boolean putIfItFits(String key, long first, long second) {
        if (isFull() && !memory.has(bytes(slotsFor(size + 1L)))) {
            return false;
        }
        put(key, first, second);
        return true;
    }

    /** First number of the key at that place. */
    public long first(int place) {
        return slots[place + 2];
    }

    /** Second number of the key at that place. */
    public long second(int place) {
        return slots[place + 3];
    }

    /** Replaces the second number of the key at that place. */
    public void second(int place, long value) {
        slots[place + 3] = value;
    }

    /**
     * Reserves room for a total number of keys, so that putting them takes no more memory.
     *
     * @throws uk.fpw.warehouse.failure.FpwException with {@code CONFIGURATION} if there is not enough
     */
    public void reserve(long keys) {
        int before = slots.length / WIDTH;
        long count = slotsFor(keys);
        if (count <= before) {
            return;
        }
        memory.acquire(keys, bytes(count));
        long[] larger = empty(count);
        for (int from = 0; from < slots.length; from += WIDTH) {
            if (!isFree(slots, from)) {
                System.arraycopy(slots, from, larger, probe(larger, slots[from], slots[from + 1]), WIDTH);
            }
        }
        slots = larger;
        memory.giveBack(bytes(before));
    }

    /** Removes all keys and frees the memory. */
    public void release() {
        memory.giveBack(bytes(slots.length / WIDTH));
        slots = new long[0];
        size = 0;
    }

    /** Size in bytes of an index for a number of keys. */
    public static long bytesFor(long keys) {
        return bytes(slotsFor(keys));
    }

    /** Whether another key requires more slots. */
    private boolean isFull() {
        return (size + 1) * 3L > slots.length / WIDTH * 2L;
    }

    /** At most two thirds of the slots are filled. */
    private static long slotsFor(long keys) {
        long count = LEAST_SLOTS;
        while (keys * 3 > count * 2) {
            count *= 2;
        }
        return count;
    }

    private static long[] empty(long slotCount) {
        if (slotCount > MAX_SLOTS) {
            throw new IllegalStateException(
                    "an index of " + slotCount + " entries is larger than the maximum array size");
        }
        return new long[(int) slotCount * WIDTH];
    }

    private static long bytes(long slotCount) {
        return slotCount * WIDTH * Long.BYTES;
    }

    private static int probe(long[] slots, long high, long low) {
        int count = slots.length / WIDTH;
        int slot = (int) (low & (count - 1));
        while (!isFree(slots, slot * WIDTH) && (slots[slot * WIDTH] != high || slots[slot * WIDTH + 1] != low)) {
            slot = (slot + 1) & (count - 1);
        }
        return slot * WIDTH;
    }

    /** The high half of a stored hash is never zero. */
    private static boolean isFree(long[] slots, int place) {
        return slots[place] == 0;
    }

    private static long high(HashValue128 hash) {
        long high = hash.getMostSignificantBits();
        return high == 0 ? 1 : high;
    }

    private static long low(HashValue128 hash) {
        return hash.getLeastSignificantBits();
    }
}
