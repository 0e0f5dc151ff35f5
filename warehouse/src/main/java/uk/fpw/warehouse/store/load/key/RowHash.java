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
 * Hash of a row's values: XXH3 of 128 bits, as 22 characters of base 64, over name and value of every value that is not
 * missing, by column name, and of the item. Equal rows have equal hashes however the feed orders its columns, and a new
 * column changes the hash of those rows only that have a value in it. It distinguishes versions of one row; it is
 * not cryptographic.
 */
public final class RowHash {

    private static final int BYTES = 2 * Long.BYTES;
    private static final int CHARACTERS = 22;
    private static final long ITEM = Hashing.xxh3_64().hashCharsToLong("_item");

    private final int[] byName;
    private final long[] names;
    private final HashInput input = new HashInput();

    /** For the rows of one feed; not for several threads. */
    public RowHash(Feed feed) {
        this(feed.columns().stream().map(Feed.Column::name).toList());
    }

    /** For rows with these columns. */
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

    /** The hash of one row. */
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

    /**
     * Whether a stored hash is of the kind that versions of this software before this one stored, see
     * {@link LegacyRowHash}.
     */
    public static boolean isFormer(String rowHash) {
        return rowHash.length() != CHARACTERS;
    }

    /** The first half of a stored hash, as a number. */
    public static long first(String rowHash) {
        return isFormer(rowHash)
                ? Long.parseUnsignedLong(rowHash.substring(0, 16), 16)
                : ByteBuffer.wrap(Base64.getUrlDecoder().decode(rowHash)).getLong();
    }

    /** The second half of a stored hash, whose last three bits are zero: they are left to mark the row. */
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
