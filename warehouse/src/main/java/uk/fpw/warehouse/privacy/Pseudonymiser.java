package uk.fpw.warehouse.privacy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.KeyFormat;
import uk.fpw.text.Sha256;
import uk.fpw.warehouse.failure.FpwException;

/**
 * Replaces identifying values by a keyed hash (HMAC-SHA256 in the {@link KeyFormat} of the warehouse). Equal values get
 * equal pseudonyms in every feed, and without the key a guess cannot be verified. The key never leaves this object.
 * Thread-safe.
 */
public final class Pseudonymiser {

    /** Environment variable with the key as hex or base64. */
    public static final String KEY_VARIABLE = "FPW_PSEUDONYM_KEY";

    /** Environment variable with the path of a file that contains the key. */
    public static final String KEY_FILE_VARIABLE = "FPW_PSEUDONYM_KEY_FILE";

    /** Environment variable with the key that {@code fpw rekey} replaces. */
    public static final String FORMER_KEY_VARIABLE = "FPW_FORMER_PSEUDONYM_KEY";

    /** Environment variable with the path of a file that contains that key. */
    public static final String FORMER_KEY_FILE_VARIABLE = "FPW_FORMER_PSEUDONYM_KEY_FILE";

    static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_KEY_BYTES = 32;
    private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2})+");
    private static final String HOW_TO_MAKE_ONE =
            "create one with 'openssl rand -hex 32', keep it outside the force folder, and set " + KEY_VARIABLE
                    + " to it or " + KEY_FILE_VARIABLE + " to the path of a file that holds it";

    private final @Nullable Mac mac;
    private final KeyFormat format;

    private Pseudonymiser(@Nullable Mac mac, KeyFormat format) {
        this.mac = mac;
        this.format = format;
    }

    /**
     * Takes the key from the environment. A missing key is not an error until one is needed.
     *
     * @param format key format of the warehouse
     * @throws FpwException with {@code CONFIGURATION} if the key is invalid or shorter than 32 bytes
     */
    public static Pseudonymiser fromEnvironment(Map<String, String> environment, KeyFormat format) {
        return fromEnvironment(environment, KEY_VARIABLE, KEY_FILE_VARIABLE, format);
    }

    /** The same for the key that is being replaced. */
    public static Pseudonymiser formerFromEnvironment(Map<String, String> environment, KeyFormat format) {
        return fromEnvironment(environment, FORMER_KEY_VARIABLE, FORMER_KEY_FILE_VARIABLE, format);
    }

    /**
     * Fails if the present or the former key in the environment is invalid. For checks before the warehouse and its
     * key format are known.
     *
     * @throws FpwException with {@code CONFIGURATION}
     */
    public static void requireValid(Map<String, String> environment) {
        fromEnvironment(environment, KeyFormat.OF_NEW_WAREHOUSES);
        formerFromEnvironment(environment, KeyFormat.OF_NEW_WAREHOUSES);
    }

    private static Pseudonymiser fromEnvironment(
            Map<String, String> environment, String variable, String fileVariable, KeyFormat format) {
        String value = environment.getOrDefault(variable, "").strip();
        String file = environment.getOrDefault(fileVariable, "").strip();
        if (!value.isEmpty() && !file.isEmpty()) {
            throw FpwException.configuration(variable + " and " + fileVariable + " are both set; unset one of them");
        }
        if (!file.isEmpty()) {
            return new Pseudonymiser(mac(fileVariable + "=" + file, read(fileVariable, file)), format);
        }
        return new Pseudonymiser(value.isEmpty() ? null : mac(variable, value), format);
    }

    /** For a force that needs no pseudonyms. */
    public static Pseudonymiser none() {
        return new Pseudonymiser(null, KeyFormat.OF_NEW_WAREHOUSES);
    }

    /**
     * Fails if there is no key. Called before anything is read.
     *
     * @param what what needs the key, such as {@code feeds/people.yml: column 'person_id'}
     * @throws FpwException with {@code CONFIGURATION}
     */
    public void require(String what) {
        if (mac == null) {
            throw FpwException.configuration(
                    what + " is declared 'privacy: pseudonymise', but there is no pseudonym key; " + HOW_TO_MAKE_ONE);
        }
    }

    /**
     * The same for a feed whose rows are identified by a keyed hash of their values.
     *
     * @param feed file of the feed, such as {@code feeds/people.yml}
     * @throws FpwException with {@code CONFIGURATION}
     */
    public void requireForRows(String feed) {
        if (mac == null) {
            throw FpwException.configuration(feed
                    + ": key is row, so rows are identified by a keyed hash of their "
                    + "values, but there is no pseudonym key; "
                    + HOW_TO_MAKE_ONE);
        }
    }

    /** The pseudonym of a value. Throws {@link FpwException} with {@code CONFIGURATION} if there is no key. */
    public String apply(String value) {
        require("a column");
        return format.key(hmac(value));
    }

    /** The 32 bytes that the pseudonym of a value is made from. Fails like {@link #apply}. */
    public byte[] hash(String value) {
        require("a column");
        return hmac(value);
    }

    /**
     * A key for another purpose, 32 bytes, from which this one cannot be derived. Never the hash of a value, because no
     * value contains NUL.
     *
     * @throws FpwException with {@code CONFIGURATION} if there is no key
     */
    byte[] derive(String purpose) {
        if (mac == null) {
            throw FpwException.configuration("rows were erased from this warehouse, and without the pseudonym key it "
                    + "is unknown which rows to keep out; set " + KEY_VARIABLE + " or " + KEY_FILE_VARIABLE
                    + " to the key of this warehouse");
        }
        return hmac('\0' + purpose);
    }

    /**
     * Fingerprint of the key, which may be shown: 16 hex digits by which a different key is noticed; null if there is
     * no key. Loads, releases and backups record it. Unless the format is {@link KeyFormat#HEX}, the name of the format
     * is appended, so that software that knows only that format also refuses to load.
     */
    public @Nullable String fingerprint() {
        if (mac == null) {
            return null;
        }
        byte[] digest = Sha256.digest().digest(hmac("fpw key fingerprint"));
        return fingerprint(HexFormat.of().formatHex(digest, 0, 8), format);
    }

    /** The fingerprint without the format of keys: the same as long as the key is. */
    public static String withoutFormat(String fingerprint) {
        return fingerprint.split("-", 2)[0];
    }

    /** The fingerprint of the same key in another format. */
    public static String fingerprint(String fingerprint, KeyFormat format) {
        return withoutFormat(fingerprint) + (format == KeyFormat.HEX ? "" : "-" + format);
    }

    /**
     * Whether two fingerprints belong to the same key, ignoring the formats: the manifest of a backup made by an
     * earlier version lacks the format.
     */
    public static boolean isSameKey(String fingerprint, String other) {
        return withoutFormat(fingerprint).equals(withoutFormat(other));
    }

    /** Contains only the fingerprint. */
    @Override
    public String toString() {
        return "Pseudonyms[" + fingerprint() + "]";
    }

    private byte[] hmac(String value) {
        Mac keyed = mac;
        if (keyed == null) {
            throw new IllegalStateException("no pseudonym key");
        }
        synchronized (keyed) {
            return keyed.doFinal(value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The content of the file, unless others may read or change it. */
    private static String read(String variable, String file) {
        try {
            FilePermissions.requireSecret(Path.of(file), variable + "=" + file);
            return Files.readString(Path.of(file)).strip();
        } catch (IOException unreadable) {
            throw FpwException.configuration(
                    variable + "=" + file
                            + " cannot be read; specify a file that contains the pseudonym key and that this user can "
                            + "read",
                    unreadable);
        }
    }

    private static Mac mac(String where, String text) {
        byte[] key = decode(where, text);
        if (key.length < MIN_KEY_BYTES) {
            throw FpwException.configuration(where + " contains a pseudonym key of " + key.length
                    + " bytes, which is too short (at least " + MIN_KEY_BYTES + "); " + HOW_TO_MAKE_ONE);
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java runtime has no " + ALGORITHM, impossible);
        }
    }

    private static byte[] decode(String where, String text) {
        if (HEX.matcher(text).matches()) {
            return HexFormat.of().parseHex(text);
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException neither) {
            // Without the cause, whose message may quote the key.
            throw FpwException.configuration(
                    where + " contains a pseudonym key that is neither hex nor base64; " + HOW_TO_MAKE_ONE);
        }
    }
}
