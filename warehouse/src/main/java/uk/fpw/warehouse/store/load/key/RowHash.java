package uk.fpw.warehouse.store.load.key;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * Hash of a row's values: 128-bit XXH3 as 22 characters of base 64, over name and value of every non-null value, by
 * column name, and of the item. It does not depend on the order of columns, and a new column changes only the hashes of
 * rows with a value in it. It distinguishes versions of a row and is not cryptographic.
 */
public final class RowHash {

    private static final int BYTES = 2 * Long.BYTES;
    private static final int CHARACTERS = 22;
    private static final long ITEM = Hashing.xxh3_64().hashCharsToLong("_item");

    private final int[] byName;
    private final long[] names;
    private final HashInput input = new HashInput();

    /** Hashes rows of one feed; not thread-safe. */
    public RowHash(Feed feed) {
        this(feed.columns().stream().map(Feed.Column::name).toList());
    }

    /** Hashes rows with these columns. */
    public RowHash(List<String> columns) {
        byName = IntStream.range(0, columns.size())
                .boxed()
                .sorted(Comparator.comparing(columns::get))
                .mapToInt(Integer::intValue)
                .toArray();
        names = columns.stream()
                .mapToLong(column -> Hashing.xxh3_64().hashCharsToLong(column))
                .toArray();
    }

    /** The hash of a row. */
    public String of(List<@Nullable Object> values, String item) {
        input.reset();
        for (int index : byName) {
            Object value = values.get(index);
            if (value != null) {
                input.put(names[index]);
                put(value);
            }
        }
        HashValue128 hash = input.put(ITEM).put(item).hash();
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(hash.getMostSignificantBits())
                .putLong(hash.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether a stored hash was written by an earlier version, see {@link LegacyRowHash}. */
    public static boolean isFormer(String rowHash) {
        return rowHash.length() != CHARACTERS;
    }

    /** The first half of a stored hash, as a number. */
    public static long first(String rowHash) {
        return isFormer(rowHash)
                ? Long.parseUnsignedLong(rowHash.substring(0, 16), 16)
                : ByteBuffer.wrap(Base64.getUrlDecoder().decode(rowHash)).getLong();
    }

    /** The second half of a stored hash as a number; its last three bits are zero and can be used to mark the row. */
    public static long second(String rowHash) {
        long half = isFormer(rowHash)
                ? Long.parseUnsignedLong(rowHash.substring(16, 32), 16)
                : ByteBuffer.wrap(Base64.getUrlDecoder().decode(rowHash)).getLong(Long.BYTES);
        return half & ~7L;
    }

    private void put(Object value) {
        if (value instanceof String text) {
            input.put(text);
        } else if (value instanceof Long number) {
            input.put(number.longValue());
        } else if (value instanceof BigDecimal number) {
            input.put(number.unscaledValue().toByteArray());
        } else if (value instanceof Boolean bool) {
            input.put(bool.booleanValue());
        } else if (value instanceof LocalDate date) {
            input.put(date.toEpochDay());
        } else if (value instanceof Instant instant) {
            input.put(instant.getEpochSecond()).put(instant.getNano());
        } else {
            throw new IllegalStateException(
                    "no value of a row is a " + value.getClass().getSimpleName());
        }
    }
}
