package uk.fpw.warehouse.store.load.key;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import uk.fpw.warehouse.force.feed.Feed;

/** The bucket of a key, 0 to 255: the last eight bits of the CRC-32C of its UTF-8 bytes. */
public final class KeyBucket {

    /** Number of buckets. */
    public static final int COUNT = 256;

    /** Number of bits of a checksum. */
    public static final int CHECKSUM_BITS = 32;

    private KeyBucket() {}

    /** The bucket of a feed's key. */
    public static int of(Feed feed, String key) {
        return of(checksum(feed, key));
    }

    /** The bucket of keys with that checksum. */
    public static int of(long checksum) {
        return (int) (checksum & (COUNT - 1));
    }

    /**
     * The checksum that determines the bucket. In feeds whose rows have no key, generated keys end with a number that
     * distinguishes equal rows; only the part before the first {@code |} is used.
     */
    public static long checksum(Feed feed, String key) {
        return checksum(feed.isKeyedByRow(), key);
    }

    /** The same, given whether the rows of the feed have no key. */
    public static long checksum(boolean isKeyedByRow, String key) {
        int bar = isKeyedByRow ? key.indexOf('|') : -1;
        return checksum(bar < 0 ? key : key.substring(0, bar));
    }

    /** CRC-32C of the UTF-8 bytes of a key. */
    public static long checksum(String key) {
        CRC32C crc = new CRC32C();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
