package uk.fpw.warehouse.store.load.current;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.load.key.HashInput;
import uk.fpw.warehouse.store.load.key.KeyBucket;

/**
 * Digests of the rows of each bucket: 128-bit sums of the hashes (XXH3) of their keys and values. Sets of rows with the
 * same sum are equal, in whatever order; adding or removing a row does not require reading the others. For feeds whose
 * rows have no key, the number that distinguishes equal rows is left out. Not thread-safe.
 */
public final class BucketDigests {

    private static final int BYTES = KeyBucket.COUNT * 2 * Long.BYTES;

    private final boolean isKeyedByRow;
    private final HashInput input = new HashInput();
    private final long[] high = new long[KeyBucket.COUNT];
    private final long[] low = new long[KeyBucket.COUNT];

    /** Digests without rows. */
    public BucketDigests(Feed feed) {
        this.isKeyedByRow = feed.isKeyedByRow();
    }

    /** Adds a row. */
    public void add(int bucket, String key, String rowHash) {
        HashValue128 hash = hash(key, rowHash);
        high[bucket] += hash.getMostSignificantBits();
        low[bucket] += hash.getLeastSignificantBits();
    }

    /** Adds the rows of others. */
    public void addAll(BucketDigests others) {
        for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
            high[bucket] += others.high[bucket];
            low[bucket] += others.low[bucket];
        }
    }

    /** Takes the rows of others away. */
    public void removeAll(BucketDigests others) {
        for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
            high[bucket] -= others.high[bucket];
            low[bucket] -= others.low[bucket];
        }
    }

    /** Whether a bucket has the same rows. */
    public boolean isEqual(int bucket, BucketDigests other) {
        return high[bucket] == other.high[bucket] && low[bucket] == other.low[bucket];
    }

    /** The form for a snapshot summary: 5,462 characters in base 64. */
    public String text() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
            bytes.putLong(high[bucket]).putLong(low[bucket]);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Parses the result of {@link #text}; null for null. */
    static @Nullable BucketDigests parse(Feed feed, @Nullable String text) {
        if (text == null) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        BucketDigests digests = new BucketDigests(feed);
        for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
            digests.high[bucket] = bytes.getLong();
            digests.low[bucket] = bytes.getLong();
        }
        return digests;
    }

    private HashValue128 hash(String key, String rowHash) {
        int bar = isKeyedByRow ? key.indexOf('|') : -1;
        return input.reset()
                .put(bar < 0 ? key : key.substring(0, bar))
                .put(rowHash)
                .hash();
    }
}
