package uk.fpw.profile;

import java.security.SecureRandom;

/**
 * Hashes of values, 64 bits wide: of ten million different values two are taken for one in 1 of 300,000 profiles. The
 * seed is new for each profile and never stored, so that a hash says nothing of its value.
 */
final class ValueHash {

    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xBF58476D1CE4E5B9L;
    private static final long THIRD = 0x94D049BB133111EBL;

    private final long seed;

    ValueHash() {
        this(new SecureRandom().nextLong());
    }

    ValueHash(long seed) {
        this.seed = seed;
    }

    /** The hash of a text. */
    long of(String text) {
        long hash = seed ^ (text.length() * FIRST);
        int at = 0;
        for (; at + 4 <= text.length(); at += 4) {
            long block = text.charAt(at)
                    | ((long) text.charAt(at + 1) << 16)
                    | ((long) text.charAt(at + 2) << 32)
                    | ((long) text.charAt(at + 3) << 48);
            hash = mix(hash ^ block);
        }
        long rest = 0;
        for (; at < text.length(); at++) {
            rest = (rest << 16) | (text.charAt(at) + 1);
        }
        return mix(hash ^ rest);
    }

    /** The hash of a sequence of values, from those of its parts. */
    long join(long before, long next) {
        return mix(before * THIRD + next + FIRST);
    }

    private static long mix(long value) {
        long mixed = value + FIRST;
        mixed = (mixed ^ (mixed >>> 30)) * SECOND;
        mixed = (mixed ^ (mixed >>> 27)) * THIRD;
        return mixed ^ (mixed >>> 31);
    }
}
