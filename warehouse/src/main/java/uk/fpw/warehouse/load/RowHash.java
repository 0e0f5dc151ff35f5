package uk.fpw.warehouse.load;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Feed;

/**
 * Hash of a row's values: 32 hex digits, the first half of a SHA-256 over name and value of every value that is not missing, by column name, and of the item. Equal rows
 * have equal hashes however the feed orders its columns, and a new column changes the hash of those rows only that have a value in it.
 */
public final class RowHash {

    private final List<Feed.Column> columns;
    private final int[] byName;
    private final MessageDigest digest;

    /** For the rows of one feed; not for several threads. */
    public RowHash(Feed feed) {
        columns = feed.columns();
        byName = IntStream.range(0, columns.size())
                .boxed()
                .sorted(Comparator.comparing(index -> columns.get(index).name()))
                .mapToInt(Integer::intValue)
                .toArray();
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }

    /** The hash of one row. */
    public String of(List<@Nullable Object> values, String item) {
        for (int index : byName) {
            Object value = values.get(index);
            if (value != null) {
                add(columns.get(index).name());
                add(value.toString());
            }
        }
        add("_item");
        add(item);
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    /** The first half of a hash, as a number. */
    public static long first(String rowHash) {
        return Long.parseUnsignedLong(rowHash.substring(0, 16), 16);
    }

    /** The second half of a hash, whose last two bits are zero: they are left to mark the row as seen and as changed. */
    public static long second(String rowHash) {
        return Long.parseUnsignedLong(rowHash.substring(16, 32), 16) & ~3L;
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int shift = 24; shift >= 0; shift -= 8) {
            digest.update((byte) (bytes.length >>> shift));
        }
        digest.update(bytes);
    }
}
