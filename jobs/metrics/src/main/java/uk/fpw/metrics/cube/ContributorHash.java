package uk.fpw.metrics.cube;

import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * A contributor as a 128-bit hash (MurmurHash3, x64 variant). Among 100 million contributors, the probability of a
 * collision is about 10<sup>-23</sup>.
 */
public record ContributorHash(long high, long low) {

    private static final int SEED = 0;

    public static ContributorHash of(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        long[] hash = MurmurHash3.hash128x64(bytes, 0, bytes.length, SEED);
        return new ContributorHash(hash[0], hash[1]);
    }

    /** The partition to which the contributor belongs. */
    public int partition(int partitions) {
        return (int) Math.floorMod(high, (long) partitions);
    }
}
