package uk.fpw.profile;

/**
 * Counts different values in bounded memory: exactly up to {@value #EXACT}, and beyond that by a HyperLogLog sketch of
 * 16,384 registers (Flajolet and others, 2007), whose standard error is 0.8 %. At most some 150 KB.
 */
final class DistinctCount {

    /** Up to here the count is exact. */
    static final int EXACT = 8_192;

    private static final int FIRST_SLOTS = 64;
    private static final int INDEX_BITS = 14;
    private static final int REGISTERS = 1 << INDEX_BITS;

    private long[] slots = new long[FIRST_SLOTS];
    private boolean hasZero;
    private int exact;
    private byte[] registers = new byte[0];

    /**
     * Notes a value by its hash.
     *
     * @return whether it is the first of its kind; false once the count is an estimate
     */
    boolean add(long hash) {
        if (registers.length > 0) {
            addToSketch(hash);
            return false;
        }
        if (hash == 0) {
            boolean isNew = !hasZero;
            exact += isNew ? 1 : 0;
            hasZero = true;
            return isNew;
        }
        int at = slot(slots, hash);
        if (slots[at] == 0) {
            slots[at] = hash;
            exact++;
            if (exact > EXACT) {
                sketch();
            } else if (exact * 2 > slots.length) {
                grow();
            }
            return true;
        }
        return false;
    }

    private static int slot(long[] slots, long hash) {
        int at = (int) (hash >>> 40) & (slots.length - 1);
        while (slots[at] != 0 && slots[at] != hash) {
            at = (at + 1) & (slots.length - 1);
        }
        return at;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long hash : slots) {
            if (hash != 0) {
                larger[slot(larger, hash)] = hash;
            }
        }
        slots = larger;
    }

    /** Whether {@link #count} is exact. */
    boolean isExact() {
        return registers.length == 0;
    }

    /** How many different values there were. */
    long count() {
        if (isExact()) {
            return exact;
        }
        double sum = 0;
        int empty = 0;
        for (byte register : registers) {
            sum += Math.scalb(1.0, -register);
            empty += register == 0 ? 1 : 0;
        }
        double alpha = 0.7213 / (1 + 1.079 / REGISTERS);
        double raw = alpha * REGISTERS * REGISTERS / sum;
        boolean isSmall = raw <= 2.5 * REGISTERS && empty > 0;
        return Math.round(isSmall ? REGISTERS * Math.log((double) REGISTERS / empty) : raw);
    }

    private void sketch() {
        registers = new byte[REGISTERS];
        for (long hash : slots) {
            if (hash != 0) {
                addToSketch(hash);
            }
        }
        slots = new long[0];
    }

    private void addToSketch(long hash) {
        int index = (int) (hash >>> (64 - INDEX_BITS));
        int rank = Long.numberOfLeadingZeros((hash << INDEX_BITS) | (1L << (INDEX_BITS - 1))) + 1;
        if (registers[index] < rank) {
            registers[index] = (byte) rank;
        }
    }
}
