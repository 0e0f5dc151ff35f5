package uk.fpw.warehouse.privacy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.KeyFormat;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/**
 * Replaces values that identify a person by a keyed hash (HMAC-SHA256, written in the {@link KeyFormat} of the
 * warehouse): equal values get equal pseudonyms, in every feed, and a guess cannot be tested without the key. The key
 * never leaves this object. Safe for use by several threads.
 */
public final class Pseudonymiser {

    /** Environment variable that holds the key, as hex or base64. */
    public static final String KEY_VARIABLE = "FPW_PSEUDONYM_KEY";

    /** Environment variable that names a file holding the key. */
    public static final String KEY_FILE_VARIABLE = "FPW_PSEUDONYM_KEY_FILE";

    /** Environment variable that holds the key that {@code fpw rekey} replaces. */
    public static final String FORMER_KEY_VARIABLE = "FPW_FORMER_PSEUDONYM_KEY";

    /** Environment variable that names a file holding it. */
    public static final String FORMER_KEY_FILE_VARIABLE = "FPW_FORMER_PSEUDONYM_KEY_FILE";

    private static final String ALGORITHM = "HmacSHA256";
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
     * Takes the key from the environment. No key at all is no error until one is needed.
     *
     * @param format of the warehouse
     * @throws FpwException with {@code CONFIGURATION} if what is there is not a key of at least 32 bytes
     */
    public static Pseudonymiser fromEnvironment(Map<String, String> environment, KeyFormat format) {
        return fromEnvironment(environment, KEY_VARIABLE, KEY_FILE_VARIABLE, format);
    }

    /** The same with the key that another one replaces. */
    public static Pseudonymiser formerFromEnvironment(Map<String, String> environment, KeyFormat format) {
        return fromEnvironment(environment, FORMER_KEY_VARIABLE, FORMER_KEY_FILE_VARIABLE, format);
    }

    /**
     * Fails if a key in the environment, or the one that it replaces, is none; for what comes before the warehouse is
     * opened, which says how pseudonyms are written.
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
            throw new FpwException(
                    ExitCode.CONFIGURATION, variable + " and " + fileVariable + " are both set; unset one of them");
        }
        if (!file.isEmpty()) {
            return new Pseudonymiser(mac(fileVariable + "=" + file, read(fileVariable, file)), format);
        }
        return new Pseudonymiser(value.isEmpty() ? null : mac(variable, value), format);
    }

    /** Pseudonyms of a force that needs none. */
    public static Pseudonymiser none() {
        return new Pseudonymiser(null, KeyFormat.OF_NEW_WAREHOUSES);
    }

    /**
     * Fails early, before anything is read, when a key is needed and there is none.
     *
     * @param what what needs it, such as {@code feeds/people.yml: column 'person_id'}
     * @throws FpwException with {@code CONFIGURATION}
     */
    public void require(String what) {
        if (mac == null) {
            throw new FpwException(
                    ExitCode.CONFIGURATION,
                    what + " is declared 'privacy: pseudonymise', but there is no pseudonym key; " + HOW_TO_MAKE_ONE);
        }
    }

    /**
     * The same for a feed that identifies its rows by a keyed hash of their values.
     *
     * @param feed its definition, such as {@code feeds/people.yml}
     * @throws FpwException with {@code CONFIGURATION}
     */
    public void requireForRows(String feed) {
        if (mac == null) {
            throw new FpwException(
                    ExitCode.CONFIGURATION,
                    feed
                            + ": key is row, so rows are identified by a keyed hash of their "
                            + "values, but there is no pseudonym key; "
                            + HOW_TO_MAKE_ONE);
        }
    }

    /** The pseudonym of a value; throws {@link FpwException} with {@code CONFIGURATION} if there is no key. */
    public String apply(String value) {
        require("a column");
        return format.key(hmac(value));
    }

    /** The 32 bytes of which the pseudonym of a value is made; fails like {@link #apply}. */
    public byte[] hash(String value) {
        require("a column");
        return hmac(value);
    }

    /**
     * What can be shown of the key: 16 hex digits by which another key is noticed; null if there is no key. Loads,
     * releases and backups remember it. Unless the format is {@link KeyFormat#HEX} they are followed by its name, so
     * that software that knows no other refuses to load, too.
     */
    public @Nullable String fingerprint() {
        if (mac == null) {
            return null;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(hmac("fpw key fingerprint"));
            return fingerprint(HexFormat.of().formatHex(digest, 0, 8), format);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java runtime does not provide SHA-256", impossible);
        }
    }

    /** The fingerprint of the same key in another format. */
    public static String fingerprint(String fingerprint, KeyFormat format) {
        return fingerprint.split("-", 2)[0] + (format == KeyFormat.HEX ? "" : "-" + format);
    }

    /**
     * Whether two fingerprints are of one key, whatever the formats: the manifest of a backup that an earlier version
     * made does not tell the format of its warehouse.
     */
    public static boolean isSameKey(String fingerprint, String other) {
        return fingerprint.split("-", 2)[0].equals(other.split("-", 2)[0]);
    }

    /** Shows the fingerprint only. */
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

    /** What the file holds, unless others may read or change it. */
    private static String read(String variable, String file) {
        try {
            FilePermissions.requireSecret(Path.of(file), variable + "=" + file);
            return Files.readString(Path.of(file)).strip();
        } catch (IOException unreadable) {
            throw new FpwException(
                    ExitCode.CONFIGURATION,
                    variable + "=" + file
                            + " cannot be read; specify a file that contains the pseudonym key and that this user can "
                            + "read",
                    unreadable);
        }
    }

    private static Mac mac(String where, String text) {
        byte[] key = decode(where, text);
        if (key.length < MIN_KEY_BYTES) {
            throw new FpwException(
                    ExitCode.CONFIGURATION,
                    where + " contains a pseudonym key of " + key.length + " bytes, which is too short (at least "
                            + MIN_KEY_BYTES + "); " + HOW_TO_MAKE_ONE);
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
            // The cause is left out: its message may quote the key.
            throw new FpwException(
                    ExitCode.CONFIGURATION,
                    where + " contains a pseudonym key that is neither hex nor base64; " + HOW_TO_MAKE_ONE);
        }
    }
}
