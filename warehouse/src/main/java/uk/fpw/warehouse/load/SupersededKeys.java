package uk.fpw.warehouse.load;

import java.util.BitSet;

/** Keys whose row in {@code current} is to go, since a load changes or deletes it. Most keys that are not among them are told by their checksum, without their place in the index. */
final class SupersededKeys {

    private static final int CHECKSUMS = 1 << 22;

    private final KeyIndex index;
    private final BitSet checksums = new BitSet();
    private final BitSet buckets = new BitSet(KeyBucket.COUNT);

    /**
     * No keys yet.
     *
     * @param memory of which room for the keys is taken, until {@link #release}
     */
    SupersededKeys(IndexMemory memory) {
        this.index = new KeyIndex(memory, 1);
    }

    /**
     * Adds a key; a second time changes nothing.
     *
     * @param bucket the bucket in which its feed looks it up
     */
    void add(String key, int bucket) {
        index.put(key, 0, 0);
        checksums.set(place(key));
        buckets.set(bucket);
    }

    /** Makes room for further keys. */
    void reserve(long further) {
        index.reserve(index.size() + further);
    }

    boolean contains(String key) {
        return checksums.get(place(key)) && index.find(key) >= 0;
    }

    boolean isEmpty() {
        return index.size() == 0;
    }

    /** The buckets of the keys. */
    BitSet buckets() {
        return buckets;
    }

    void release() {
        index.release();
    }

    private static int place(String key) {
        return (int) (KeyBucket.checksum(key) & (CHECKSUMS - 1));
    }
}
