package uk.fpw.warehouse.load;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import uk.fpw.warehouse.force.Feed;

/** The bucket in which rows of a feed are compared with each other, by their key: the last 8 bits of its CRC-32C. Stored with the rows, so that it never changes. */
public final class KeyBucket {

    /** Buckets there are. */
    public static final int COUNT = 256;

    private KeyBucket() {}

    /** The bucket of a key, from 0. Rows without a key of their own whose content is the same are in one: of their key, what counts equal rows is left out. */
    public static int of(Feed feed, String key) {
        int end = feed.isKeyedByRow() ? key.indexOf('|') : -1;
        byte[] bytes = (end < 0 ? key : key.substring(0, end)).getBytes(StandardCharsets.UTF_8);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) (crc.getValue() & (COUNT - 1));
    }
}
