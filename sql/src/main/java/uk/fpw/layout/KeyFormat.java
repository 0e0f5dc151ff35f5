package uk.fpw.layout;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How the keys of a warehouse are written: pseudonyms, keys of rows that have none of their own, and ids of spells and
 * judgements. Each is a hash of 32 bytes, keyed where it stands for a person. A warehouse has one format for all of
 * them from its first run, as part of its {@link WarehouseIdentity}: keys in two formats would count the same item
 * twice.
 *
 * <p>New warehouses have {@link #BASE32}, those of earlier versions {@link #HEX}, which takes two and a half times the
 * characters. Of the hash 16 bytes are enough: among a hundred million keys two are equal with a probability of less
 * than 1 in 10^22. They are text, so that tables, queries and staging SQL are the same for both formats; compressed,
 * it takes little more than the 16 bytes. The alphabet has one case, since Power BI and Excel compare texts without it
 * (which base 64 would not survive), no sign that ends a word, and none with which a formula can begin.
 */
public enum KeyFormat {

    /** 64 hexadecimal digits: the whole hash. */
    HEX("hex", 1),

    /** 26 characters, {@code a} to {@code z} and {@code 2} to {@code 7} (RFC 4648, no padding): its first 16 bytes. */
    BASE32("base32", 2);

    /** The format of a warehouse that begins now. */
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
     * The format that a text is, as the identity of a warehouse has it.
     *
     * @throws InvalidIdException if it is none
     */
    @JsonCreator
    public static KeyFormat of(String text) {
        for (KeyFormat format : values()) {
            if (format.text.equals(text)) {
                return format;
            }
        }
        throw new InvalidIdException(
                "'" + text + "' is no format of keys; use the version of fpw that wrote it, or a newer one");
    }

    /**
     * Number of the format of files that contain the identity of such a warehouse. Earlier versions read 1 only: they
     * refuse a warehouse, or a backup, in which they would write other keys.
     */
    public int fileFormat() {
        return fileFormat;
    }

    /** Whether a file is in the format of one of them. */
    public static boolean isFileFormat(int number) {
        return Arrays.stream(values()).anyMatch(format -> format.fileFormat == number);
    }

    /**
     * The key that a hash is.
     *
     * @param hash 32 bytes
     */
    public String key(byte[] hash) {
        return this == HEX ? HexFormat.of().formatHex(hash) : base32(hash);
    }

    /** The key that the SHA-256 of a text in UTF-8 is. */
    public String keyOf(String value) {
        try {
            return key(MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform provides SHA-256", impossible);
        }
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

    /** The text, in files and in the database. */
    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
