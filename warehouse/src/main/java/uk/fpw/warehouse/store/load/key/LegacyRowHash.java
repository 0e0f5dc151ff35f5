package uk.fpw.warehouse.store.load.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.Sha256;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.Pseudonymiser;

/**
 * The row hash of earlier versions: 32 hex digits, the first half of a SHA-256 over name and value of every non-null
 * value, by column name, and of the item. Used to compare with rows stored by those versions, and as the permanent
 * basis for keys of rows without a key.
 */
public final class LegacyRowHash {

    /** 16 bytes in hexadecimal; other formats have no more bytes. */
    private static final int HEX_DIGITS = 32;

    private final List<String> columns;
    private final int[] byName;
    private final MessageDigest digest = Sha256.digest();

    /** Hashes rows of one feed; not thread-safe. */
    public LegacyRowHash(Feed feed) {
        this(feed.columns().stream().map(Feed.Column::name).toList());
    }

    /** Hashes rows with these columns. */
    public LegacyRowHash(List<String> columns) {
        this.columns = columns;
        byName = IntStream.range(0, columns.size())
                .boxed()
                .sorted(Comparator.comparing(columns::get))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The hash of a row. */
    public String of(List<@Nullable Object> values, String item) {
        for (int index : byName) {
            Object value = values.get(index);
            if (value != null) {
                add(columns.get(index));
                add(value.toString());
            }
        }
        add("_item");
        add(item);
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    /**
     * The common part of the generated keys of rows with the same content: 16 bytes of a keyed hash, in hexadecimal or,
     * in other formats, all characters of a pseudonym.
     *
     * @param contentHash hash of all loaded values of a row
     */
    public static String rowKey(Pseudonymiser pseudonymiser, String contentHash) {
        String hash = pseudonymiser.apply(contentHash);
        return hash.substring(0, Math.min(hash.length(), HEX_DIGITS));
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int shift = 24; shift >= 0; shift -= 8) {
            digest.update((byte) (bytes.length >>> shift));
        }
        digest.update(bytes);
    }
}
