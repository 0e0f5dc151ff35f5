package uk.fpw.warehouse.store.evidence;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.privacy.EncryptedKey;
import uk.fpw.warehouse.privacy.Pseudonymiser;

/** The random key of one sealed file, stored encrypted under the pseudonym key. Without it the file says nothing. */
public final class EvidenceKey {

    static final int NONCE_BYTES = 12;
    static final int TAG_BITS = 128;

    private static final String PURPOSE = "fpw evidence key";
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final byte[] key;

    private EvidenceKey(byte[] key) {
        this.key = key;
    }

    /** A new random key. */
    public static EvidenceKey create() {
        return new EvidenceKey(EncryptedKey.create());
    }

    /**
     * Decrypts a key.
     *
     * @param encrypted result of {@link #encrypt}
     * @throws FpwException with {@code CONFIGURATION} if there is no pseudonym key or it is another one
     */
    public static EvidenceKey decrypt(String encrypted, Pseudonymiser under) {
        try {
            return new EvidenceKey(EncryptedKey.decrypt(encrypted, PURPOSE, under));
        } catch (GeneralSecurityException otherKey) {
            throw FpwException.configuration(
                    "the key of a sealed file is encrypted under another pseudonym key (this one has the fingerprint "
                            + under.fingerprint() + "); set " + Pseudonymiser.KEY_VARIABLE + " or "
                            + Pseudonymiser.KEY_FILE_VARIABLE + " to the key of this warehouse. Nothing was changed",
                    otherKey);
        }
    }

    /**
     * Encrypts the key under a pseudonym key, each time differently.
     *
     * @return base64, 80 characters
     */
    public String encrypt(Pseudonymiser under) {
        return EncryptedKey.encrypt(key, PURPOSE, under);
    }

    /** A cipher of this key. A nonce may be used for encryption once. */
    Cipher cipher(int mode, byte[] nonce, byte[] associated) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated);
        return cipher;
    }

    /** Whether both are the same key. */
    @Override
    public boolean equals(Object other) {
        return other instanceof EvidenceKey that && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    /** Contains no part of the key. */
    @Override
    public String toString() {
        return "EvidenceKey";
    }
}
