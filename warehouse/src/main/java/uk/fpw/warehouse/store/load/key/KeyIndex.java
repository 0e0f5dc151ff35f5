package uk.fpw.warehouse.store.load.key;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.security.SecureRandom;

/**
 * Keys and, for each, two numbers, kept by a hash of the key of 128 bits (XXH3, with a seed that differs from process
 * to process, so that collisions cannot be constructed): 48 to 96 bytes of memory a key, however long the keys are.
 * Two different keys of one feed share those bits with a probability of less than 1 in 10^22 at a hundred million rows.
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
     * An empty index with room for so many keys.
     *
     * @param memory of which its room is taken, until {@link #release}
     * @throws uk.fpw.warehouse.failure.FpwException with {@code CONFIGURATION} if there is not enough
     */
    public KeyIndex(IndexMemory memory, long keys) {
        this.memory = memory;
        long count = slotsFor(keys);
        memory.acquire(keys, bytes(count));
        slots = empty(count);
    }

    /** Keys in the index. */
    public int size() {
        return size;
    }

    /** The place of a key, valid until the next {@link #put}; -1 if the key does not exist. */
    public int find(String key) {
        HashValue128 hash = HASHER.hashCharsTo128Bits(key);
        int slot = probe(slots, high(hash), low(hash));
        return isFree(slots, slot) ? -1 : slot;
    }

    /** Puts a key with its numbers, replacing those it had. */
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

    /** The same, unless the index would have to grow beyond the memory there is; false then, and nothing is put. */
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
     * Makes room for so many keys in all, so that putting them takes no more memory.
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

    /** Removes every key and frees the memory. */
    public void release() {
        memory.giveBack(bytes(slots.length / WIDTH));
        slots = new long[0];
        size = 0;
    }

    /** Bytes that an index of so many keys takes. */
    public static long bytesFor(long keys) {
        return bytes(slotsFor(keys));
    }

    /** Whether another key needs more slots. */
    private boolean isFull() {
        return (size + 1) * 3L > slots.length / WIDTH * 2L;
    }

    /** Two thirds of the slots are filled at most. */
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

    /** The high half of a key is never zero. */
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
