package uk.fpw.warehouse.privacy;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import uk.fpw.warehouse.failure.FpwException;

/**
 * Random keys in the form in which a warehouse stores them: encrypted under a key derived from its pseudonym key, so
 * that a new pseudonym key only encrypts them again.
 */
public final class EncryptedKey {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private EncryptedKey() {}

    /** A new random key, 32 bytes. */
    public static byte[] create() {
        return random(KEY_BYTES);
    }

    /**
     * Encrypts a key, each time differently.
     *
     * @param purpose what the key is for; another purpose does not decrypt it
     * @return base64, 80 characters
     * @throws FpwException with {@code CONFIGURATION} if there is no pseudonym key
     */
    public static String encrypt(byte[] key, String purpose, Pseudonymiser under) {
        byte[] nonce = random(NONCE_BYTES);
        try {
            byte[] encrypted =
                    cipher(Cipher.ENCRYPT_MODE, purpose, under, nonce).doFinal(key);
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
            System.arraycopy(encrypted, 0, all, NONCE_BYTES, encrypted.length);
            return Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java runtime has no " + CIPHER, impossible);
        }
    }

    /**
     * Decrypts a key.
     *
     * @param encrypted result of {@link #encrypt}
     * @throws FpwException with {@code CONFIGURATION} if there is no pseudonym key
     * @throws GeneralSecurityException if it is not encrypted under that pseudonym key, or for another purpose
     */
    public static byte[] decrypt(String encrypted, String purpose, Pseudonymiser under)
            throws GeneralSecurityException {
        byte[] bytes = Base64.getDecoder().decode(encrypted);
        return cipher(Cipher.DECRYPT_MODE, purpose, under, Arrays.copyOf(bytes, NONCE_BYTES))
                .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
    }

    private static Cipher cipher(int mode, String purpose, Pseudonymiser under, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(under.derive(purpose), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
