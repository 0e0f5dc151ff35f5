package uk.fpw.warehouse.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;

/**
 * A random key for the hashes of tombstones. It is stored encrypted under the pseudonym key, so that a new pseudonym
 * key only encrypts it again: the hashes remain valid, although the values that they are made of are no longer known.
 */
public final class TombstoneKey {

    private static final String PURPOSE = "fpw tombstone key";
    private static final int HASH_BYTES = 16;

    private final byte[] key;

    private TombstoneKey(byte[] key) {
        this.key = key;
    }

    /** A new random key. */
    public static TombstoneKey create() {
        return new TombstoneKey(EncryptedKey.create());
    }

    /**
     * Decrypts a key.
     *
     * @param encrypted result of {@link #encrypt}
     * @throws FpwException with {@code CONFIGURATION} if there is no pseudonym key or it is another one
     */
    public static TombstoneKey decrypt(String encrypted, Pseudonymiser under) {
        try {
            return new TombstoneKey(EncryptedKey.decrypt(encrypted, PURPOSE, under));
        } catch (GeneralSecurityException otherKey) {
            throw FpwException.configuration(
                    "rows were erased from this warehouse under another pseudonym key (this one has the fingerprint "
                            + under.fingerprint() + "), so that it is unknown which rows to keep out; set "
                            + Pseudonymiser.KEY_VARIABLE + " or " + Pseudonymiser.KEY_FILE_VARIABLE
                            + " to the key of this warehouse",
                    otherKey);
        }
    }

    /**
     * Encrypts the key under a pseudonym key, each time differently.
     *
     * @return base64, 80 characters
     * @throws FpwException with {@code CONFIGURATION} if there is no pseudonym key
     */
    public String encrypt(Pseudonymiser under) {
        return EncryptedKey.encrypt(key, PURPOSE, under);
    }

    /** A hasher of this key, for a single thread. */
    public Hasher hasher() {
        try {
            Mac mac = Mac.getInstance(Pseudonymiser.ALGORITHM);
            mac.init(new SecretKeySpec(key, Pseudonymiser.ALGORITHM));
            return new Hasher(mac);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java runtime has no " + Pseudonymiser.ALGORITHM, impossible);
        }
    }

    /** Contains no part of the key. */
    @Override
    public String toString() {
        return "TombstoneKey";
    }

    /** Computes the hashes of tombstones. Not thread-safe. */
    public static final class Hasher {

        private final Mac mac;

        private Hasher(Mac mac) {
            this.mac = mac;
        }

        /**
         * Hash of a row, 32 hex digits.
         *
         * @param keyText its key as the source sends it, before pseudonyms, in canonical form
         */
        public String ofRow(String feed, String keyText) {
            return hash("row", feed, keyText);
        }

        /** Hash of a value as the source sends it, 32 hex digits; the same in all feeds. */
        public String ofValue(String value) {
            return hash("value", null, value);
        }

        /**
         * Hash of a row as a warehouse stores it, 32 hex digits.
         *
         * @param keyText its key, with pseudonyms
         */
        public String ofStoredRow(String feed, String keyText) {
            return hash("stored row", feed, keyText);
        }

        /** Hash of a pseudonym, 32 hex digits. */
        public String ofPseudonym(String pseudonym) {
            return hash("pseudonym", null, pseudonym);
        }

        /** Hash of what a person wrote, 32 hex digits. */
        public String ofWord(String word) {
            return hash("word", null, word);
        }

        private String hash(String kind, @Nullable String feed, String text) {
            // No part but the last can contain NUL.
            mac.update((kind + '\0' + (feed == null ? "" : feed) + '\0').getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, HASH_BYTES);
        }
    }
}
