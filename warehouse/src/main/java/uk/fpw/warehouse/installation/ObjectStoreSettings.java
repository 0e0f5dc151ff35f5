package uk.fpw.warehouse.installation;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;

/**
 * The object store in which tables of an installation's forces may be. A force folder names the place of its tables in
 * {@code storage.tables}; which bucket that may be, and how it is reached, belongs to the installation, since rows
 * about persons leave this machine.
 *
 * @param bucket the only bucket that force folders may name
 * @param region region of the bucket; null for that of the environment, or any if there is an endpoint
 * @param endpoint URL of a store that is not Amazon's; null for Amazon's
 * @param unencrypted {@code accepted} if an endpoint of another machine may be reached without TLS; null if not
 * @param pathStyle whether the bucket is part of the path, not of the host name; null for no
 * @param checksums {@code when_supported} for a checksum with each request, {@code when_required} for stores that
 * refuse it; null for the former
 * @param encryption {@code sse-s3}, or {@code kms:} with a key; null for what the bucket does by itself
 * @param copiesGigabytes total size to which local copies of files are reduced each night; null for 50
 */
public record ObjectStoreSettings(
        String bucket,
        @Nullable String region,
        @Nullable String endpoint,
        @Nullable String unencrypted,
        @Nullable Boolean pathStyle,
        @Nullable String checksums,
        @Nullable String encryption,
        @Nullable Integer copiesGigabytes) {

    /** Our own property of a catalog: the checksum mode. */
    public static final String CHECKSUMS = "fpw.s3.checksums";

    /** Value of {@link #CHECKSUMS} for stores that know no other checksum than MD5. */
    public static final String WHEN_REQUIRED = "when_required";

    /** A URL without TLS of anything but this machine. */
    private static final Pattern IN_CLEAR = Pattern.compile("http://(?!(127\\.0\\.0\\.1|localhost)(:\\d+)?/?$).*");

    private static final String SCHEME = "s3://";
    private static final String KMS = "kms:";
    private static final String ANY_REGION = "us-east-1";
    private static final int USUAL_GIGABYTES = 50;

    /**
     * The settings for the tables of a force.
     *
     * @param tables their URL
     * @param environment environment that names the installation's file
     * @throws FpwException with {@code CONFIGURATION} if the installation has no object store, or another bucket
     */
    public static ObjectStoreSettings of(String tables, Map<String, String> environment) {
        ObjectStoreSettings found = Installation.of(environment).objectStore();
        String bucket = tables.substring(SCHEME.length()).split("/", 2)[0];
        if (found == null) {
            throw FpwException.configuration("storage.tables is " + tables + ", but this installation has no object "
                    + "store: a force folder alone may not send rows elsewhere. Set object_store.bucket: " + bucket
                    + " in the installation's file (" + Installation.VARIABLE + "), or remove storage.tables");
        }
        if (!found.bucket.equals(bucket)) {
            throw FpwException.configuration("storage.tables is " + tables + ", but the object store of this "
                    + "installation is the bucket " + found.bucket + " (object_store.bucket); name a place in it, or "
                    + "change the installation's file");
        }
        if (found.endpoint != null
                && found.unencrypted == null
                && IN_CLEAR.matcher(found.endpoint).matches()) {
            throw FpwException.configuration(
                    "object_store.endpoint " + found.endpoint + " is of another machine and has "
                            + "no TLS: rows about persons would cross the network in clear. Use https, or accept it "
                            + "with unencrypted: accepted");
        }
        return found;
    }

    /** What an operator should know about it, in one line. */
    public String describe(String tables) {
        return "The tables are in " + tables + (endpoint == null ? "" : " at " + endpoint)
                + (endpoint != null
                                && unencrypted != null
                                && IN_CLEAR.matcher(endpoint).matches()
                        ? ", without TLS, which the installation accepts"
                        : "");
    }

    /** Total size in bytes to which local copies of files are reduced. */
    public long maxCopyBytes() {
        return (copiesGigabytes == null ? USUAL_GIGABYTES : copiesGigabytes) * (1L << 30);
    }

    /** The settings as properties of an Iceberg catalog. They contain no credentials. */
    public Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("io-impl", "uk.fpw.s3.S3Files");
        properties.put("s3.client-factory-impl", "uk.fpw.s3.S3Clients");
        String where = region == null && endpoint != null ? ANY_REGION : region;
        if (where != null) {
            properties.put("client.region", where);
        }
        if (endpoint != null) {
            properties.put("s3.endpoint", endpoint);
        }
        properties.put("s3.path-style-access", Boolean.toString(Boolean.TRUE.equals(pathStyle)));
        properties.put(CHECKSUMS, Objects.requireNonNullElse(checksums, "when_supported"));
        if (WHEN_REQUIRED.equals(checksums)) {
            // MD5 of what is written, and a comparison of the store's answer with it.
            properties.put("s3.checksum-enabled", "true");
        }
        if (encryption != null) {
            properties.put("s3.sse.type", encryption.startsWith(KMS) ? "kms" : "s3");
            if (encryption.startsWith(KMS)) {
                properties.put("s3.sse.key", encryption.substring(KMS.length()));
            }
        }
        return properties;
    }
}
