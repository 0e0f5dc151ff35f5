package uk.fpw.warehouse.store.load.key;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.security.SecureRandom;

/**
 * A 64-bit hash of a key (XXH3), other in each process, so that collisions cannot be constructed. For sets of keys of
 * which a false member does no harm: among ten million keys another key has one with a probability of 1 in 10^12.
 */
public final class KeyHash {

    private static final Hasher64 HASHER = Hashing.xxh3_64(new SecureRandom().nextLong());

    private KeyHash() {}

    /** The hash of a key in canonical form. */
    public static long of(String key) {
        return HASHER.hashCharsToLong(key);
    }
}
