package uk.fpw.statistics.wait;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * Sums of numbers that do not depend on the order in which they are added: of 128 bits each, of which 40 are after the
 * point. What is added is rounded to that once; sums are exact. So tasks may add what they find in any order, and every
 * night has the same figures.
 */
final class FixedSums implements Serializable {

    private static final double ONE = 0x1p40;
    private static final double WORD = 0x1p64;
    private static final double HALF_WORD = 0x1p63;

    private final long[] high;
    private final long[] low;

    FixedSums(int size) {
        high = new long[size];
        low = new long[size];
    }

    /** Adds a number whose size is below 2^86; fails if the sum is too large. */
    void add(int at, double value) {
        double scaled = value * ONE;
        if (Math.abs(scaled) < HALF_WORD) {
            long whole = (long) Math.rint(scaled);
            add(at, whole < 0 ? -1 : 0, whole);
        } else if (Math.abs(scaled) < HALF_WORD * HALF_WORD) {
            // a double of this size is a whole number
            double words = Math.floor(scaled / WORD);
            double rest = scaled - words * WORD;
            long bits = rest < HALF_WORD ? (long) rest : (long) (rest - HALF_WORD) ^ Long.MIN_VALUE;
            add(at, (long) words, bits);
        } else {
            throw new ArithmeticException("an influence of " + value + " is too large to add up");
        }
    }

    private void add(int at, long highBits, long lowBits) {
        long sum = low[at] + lowBits;
        long carry = Long.compareUnsigned(sum, lowBits) < 0 ? 1 : 0;
        low[at] = sum;
        high[at] = Math.addExact(high[at], highBits + carry);
    }

    /** Adds other sums of the same number. */
    void add(FixedSums other) {
        for (int i = 0; i < high.length; i++) {
            add(i, other.high[i], other.low[i]);
        }
    }

    /** For each position the sum of everything added up to it. */
    double[] cumulated() {
        FixedSums sum = new FixedSums(1);
        double[] sums = new double[high.length];
        for (int i = 0; i < sums.length; i++) {
            sum.add(0, high[i], low[i]);
            sums[i] = sum.value(0);
        }
        return sums;
    }

    /** The sum at a position. */
    double value(int at) {
        BigInteger bits = BigInteger.valueOf(high[at])
                .shiftLeft(Long.SIZE)
                .add(BigInteger.valueOf(low[at] >>> 1).shiftLeft(1))
                .add(BigInteger.valueOf(low[at] & 1));
        return bits.doubleValue() / ONE;
    }
}
