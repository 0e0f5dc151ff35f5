package uk.fpw.metrics.cube;

import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * A contributor as 128 bits (MurmurHash3, x64 variant): among 100 million, two fall together with a chance of about
 * 10<sup>-23</sup>.
 */
public record ContributorHash(long high, long low) {

    private static final int SEED = 0;

    /** Of a contributor's key. */
    public static ContributorHash of(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        long[] hash = MurmurHash3.hash128x64(bytes, 0, bytes.length, SEED);
        return new ContributorHash(hash[0], hash[1]);
    }

    /** The one of so many partitions to which the contributor belongs. */
    public int partition(int partitions) {
        return (int) Math.floorMod(high, (long) partitions);
    }
}
