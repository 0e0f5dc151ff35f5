package uk.fpw.warehouse.store.load.key;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.KeyFormat;

/**
 * A mapping from old to new keys, each new one 16 bytes: pseudonyms, and the common part of generated row keys. A key
 * is found anywhere in a text, between characters that do not occur in keys, such as in {@code dfu:<key>} or
 * {@code <key>|2}. Keys without a mapping are kept. Not thread-safe while being filled.
 */
public final class KeyMapping {

    private static final int HASH_BYTES = 16;

    /** Of pseudonyms in hexadecimal, row keys in hexadecimal, and both in base 32. */
    private static final int[] LENGTHS = {64, 32, 26};

    private static final int SHORTEST = 26;
    private static final Pattern HEX_KEY = Pattern.compile("(?<![0-9a-z])(?:[0-9a-f]{64}|[0-9a-f]{32})(?![0-9a-z])");

    private final KeyIndex index;

    /** By new key, a hash of the old key that claimed it. */
    private final KeyIndex claims;

    private final HashInput input = new HashInput();

    /**
     * An empty mapping.
     *
     * @param memory memory for the index
     */
    public KeyMapping(IndexMemory memory) {
        this.index = new KeyIndex(memory, 0);
        this.claims = new KeyIndex(memory, 0);
    }

    /**
     * Adds an old key.
     *
     * @param hash hash whose first 16 bytes are the new key
     */
    public void put(String oldKey, byte[] hash) {
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        index.put(oldKey, bytes.getLong(), bytes.getLong());
    }

    /** Number of keys. */
    public int size() {
        return index.size();
    }

    /** The new key; null if the old one has no mapping. */
    public @Nullable String find(String oldKey) {
        int place = index.find(oldKey);
        return place < 0
                ? null
                : KeyFormat.BASE32.key(ByteBuffer.allocate(HASH_BYTES)
                        .putLong(index.first(place))
                        .putLong(index.second(place))
                        .array());
    }

    /** Claims the new key of a key in use. Returns false if another old key has already claimed the same new key. */
    public boolean claim(String oldKey) {
        String now = find(oldKey);
        if (now == null) {
            return true;
        }
        HashValue128 old = input.reset().put(oldKey).hash();
        int place = claims.find(now);
        if (place < 0) {
            claims.put(now, old.getMostSignificantBits(), old.getLeastSignificantBits());
            return true;
        }
        return claims.first(place) == old.getMostSignificantBits()
                && claims.second(place) == old.getLeastSignificantBits();
    }

    /** A text with old keys replaced by new ones; the same object if it contains none. */
    public String text(String text) {
        if (text.length() < SHORTEST) {
            return text;
        }
        StringBuilder changed = null;
        int copied = 0;
        int begin = 0;
        for (int end = 0; end <= text.length(); end++) {
            if (end < text.length() && isOfKey(text.charAt(end))) {
                continue;
            }
            if (isLength(end - begin)) {
                String found = find(text.substring(begin, end));
                if (found != null) {
                    changed = changed == null ? new StringBuilder() : changed;
                    changed.append(text, copied, begin).append(found);
                    copied = end;
                }
            }
            begin = end + 1;
        }
        return changed == null
                ? text
                : changed.append(text, copied, text.length()).toString();
    }

    /** A text with every hexadecimal pseudonym or row key converted to base 32, that is to the same bytes. */
    public static String inBase32(String text) {
        return HEX_KEY.matcher(text).replaceAll(key -> KeyFormat.BASE32.key(hash(key.group())));
    }

    /** Whether a text has the form of a pseudonym or of a row key's hash in a format. */
    public static boolean isKey(String text, KeyFormat format) {
        return format == KeyFormat.HEX ? text.matches("[0-9a-f]{64}") : text.matches("[a-z2-7]{26}");
    }

    /** The bytes of 64 or 32 hexadecimal digits. */
    public static byte[] hash(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static boolean isOfKey(char character) {
        return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
    }

    private static boolean isLength(int length) {
        for (int known : LENGTHS) {
            if (length == known) {
                return true;
            }
        }
        return false;
    }
}
