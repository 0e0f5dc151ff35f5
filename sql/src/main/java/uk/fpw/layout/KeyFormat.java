package uk.fpw.layout;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.HexFormat;
import uk.fpw.text.Sha256;

/**
 * How the keys of a warehouse are written: pseudonyms, generated row keys, and ids of spells and judgements. Each is a
 * hash of 32 bytes, keyed if it stands for a person. The format is fixed by the {@link WarehouseIdentity} at the first
 * run and applies to all keys: with two formats the same item would be counted twice.
 *
 * <p>New warehouses use {@link #BASE32}; those of earlier versions use {@link #HEX}, which takes two and a half times
 * the characters. 16 bytes of the hash are enough: with a hundred million keys, the probability of a collision is below
 * 1 in 10^22. Both formats are text, so tables, queries and staging SQL do not depend on the format; compressed, a key
 * takes little more than 16 bytes. The alphabet is lower case only, because Power BI and Excel ignore case when they
 * compare (which rules out base 64), and has no character that ends a word or starts a formula.
 */
public enum KeyFormat {

    /** The whole hash as 64 hexadecimal digits. */
    HEX("hex", 1),

    /**
     * The first 16 bytes of the hash as 26 characters, {@code a} to {@code z} and {@code 2} to {@code 7} (RFC 4648, no
     * padding).
     */
    BASE32("base32", 2);

    public static final KeyFormat OF_NEW_WAREHOUSES = BASE32;

    private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
    private static final int BASE32_BYTES = 16;
    private static final int BASE32_LENGTH = 26;
    private static final int BITS = 5;

    private final String text;
    private final int fileFormat;

    KeyFormat(String text, int fileFormat) {
        this.text = text;
        this.fileFormat = fileFormat;
    }

    /**
     * The format with that name, as stored in the identity of a warehouse.
     *
     * @throws InvalidIdException if there is no such format
     */
    @JsonCreator
    public static KeyFormat of(String text) {
        for (KeyFormat format : values()) {
            if (format.text.equals(text)) {
                return format;
            }
        }
        throw new InvalidIdException(
                "'" + text + "' is not a key format; use the version of fpw that wrote it, or a newer one");
    }

    /**
     * Format number of the files that contain the identity of such a warehouse. Earlier versions read only number 1, so
     * they reject a warehouse or backup in which they would write keys of the wrong format.
     */
    public int fileFormat() {
        return fileFormat;
    }

    /** Whether a format has that file format number. */
    public static boolean isFileFormat(int number) {
        return Arrays.stream(values()).anyMatch(format -> format.fileFormat == number);
    }

    /** The key made from a hash. */
    public String key(byte[] hash) {
        return this == HEX ? HexFormat.of().formatHex(hash) : base32(hash);
    }

    /** The key made from the SHA-256 of the text in UTF-8. */
    public String keyOf(String value) {
        return key(Sha256.of(value));
    }

    private static String base32(byte[] hash) {
        char[] key = new char[BASE32_LENGTH];
        int length = 0;
        int pending = 0;
        int bits = 0;
        for (int index = 0; index < BASE32_BYTES; index++) {
            pending = pending << Byte.SIZE | (hash[index] & 0xff);
            for (bits += Byte.SIZE; bits >= BITS; bits -= BITS) {
                key[length++] = ALPHABET[pending >>> (bits - BITS) & (ALPHABET.length - 1)];
            }
        }
        key[length] = ALPHABET[pending << (BITS - bits) & (ALPHABET.length - 1)];
        return new String(key);
    }

    /** The name as stored in files and in the database. */
    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
