package uk.fpw.layout;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.file.DamagedFileException;
import uk.fpw.layout.file.FileDigest;

/**
 * The contents of a backup: the file {@code manifest.json}, written last, once everything it lists is on disk. A folder
 * without it is not a backup. It contains no personal data and no secrets.
 *
 * @param id start of the backup in UTC, such as {@code 2026-11-23T120000Z}
 * @param softwareVersion version of the software that made it
 * @param schemaVersion latest migration of the database
 * @param warehouse identity of the warehouse that was backed up, including its path at the time
 * @param keyFingerprint fingerprint of the pseudonym key, which is not in the backup; null if the warehouse has no key
 * @param currentRelease the current release; null if there was none yet
 * @param database dump of the database
 * @param files files of the warehouse, by path relative to the warehouse folder
 */
@JsonPropertyOrder({"format", "checksum"})
public record BackupManifest(
        String id,
        String softwareVersion,
        String schemaVersion,
        WarehouseIdentity warehouse,
        @Nullable String keyFingerprint,
        @Nullable ReleaseId currentRelease,
        Dump database,
        Map<String, FileDigest> files) {

    public static final String FILE = "manifest.json";

    private static final Pattern ID = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d{6}Z");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern CRC32 = Pattern.compile("[0-9a-f]{8}");
    private static final String RELEASES = "releases";

    /** The folder may have been written by anyone, so paths must not lead out of it. */
    public BackupManifest {
        requireNonNull(id, "id: missing");
        if (!isId(id)) {
            throw new InvalidIdException("'" + id + "' is not the id of a backup");
        }
        requireNonNull(softwareVersion, "software_version: missing");
        requireNonNull(schemaVersion, "schema_version: missing");
        requireNonNull(warehouse, "warehouse: missing");
        requireNonNull(database, "database: missing");
        requireDigest(database.file(), database.digest());
        files = Collections.unmodifiableMap(new TreeMap<>(requireNonNull(files, "files: missing")));
        files.forEach((path, digest) -> {
            requireInWarehouse(path);
            requireDigest(path, digest);
        });
    }

    /**
     * The dump of a database.
     *
     * @param file file name; restore tells the kind of database from it
     */
    public record Dump(String file, FileDigest digest) {

        /** Archive with the file of an embedded database. */
        public static final String EMBEDDED = "database.zip";

        /** Archive written by {@code pg_dump}. */
        public static final String POSTGRESQL = "database.dump";

        public Dump {
            if (!EMBEDDED.equals(file) && !POSTGRESQL.equals(file)) {
                throw new InvalidIdException("'" + file + "' is not the name of a dump");
            }
        }
    }

    /** The id of a backup started at that time. */
    public static String id(Instant begun) {
        return TIME.format(begun);
    }

    /** Whether the text has the form of a backup id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Whether the file is never modified and its name never reused, as with the files of tables and sealed files. */
    public static boolean isImmutable(String path) {
        return path.startsWith(WarehouseFolder.DATA + "/") || path.startsWith(WarehouseFolder.EVIDENCE + "/");
    }

    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    int format() {
        return warehouse.fileFormat();
    }

    /** See {@link JsonChecksum}. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    String checksum() {
        return JsonChecksum.NONE;
    }

    /** The file as JSON. */
    public byte[] toJson() {
        return JsonChecksum.write(this);
    }

    /**
     * Reads the file.
     *
     * @throws OtherFormatException if it has a format that this version does not read
     * @throws DamagedFileException if it is missing or does not match its checksum
     */
    public static BackupManifest read(Path file) throws IOException {
        try {
            byte[] content = Files.readAllBytes(file);
            JsonNode root = JsonMappers.snakeCase().readTree(content);
            if (!WarehouseIdentity.isFileFormat(root.path("format").asInt())) {
                throw new OtherFormatException(
                        root.path("format").toString(), KeyFormat.OF_NEW_WAREHOUSES.fileFormat());
            }
            JsonChecksum.require(file, content, false);
            return JsonMappers.snakeCase().treeToValue(root, BackupManifest.class);
        } catch (NoSuchFileException missing) {
            throw new DamagedFileException(file, "it is missing");
        } catch (JsonProcessingException wrong) {
            throw new DamagedFileException(file, JsonMappers.reason(wrong));
        }
    }

    private static void requireInWarehouse(String path) {
        boolean isInside;
        try {
            Path plain = Path.of(path).normalize();
            isInside = plain.toString().equals(path)
                    && plain.getNameCount() > 1
                    && (isImmutable(path) || plain.startsWith(RELEASES));
        } catch (InvalidPathException none) {
            isInside = false;
        }
        if (!isInside) {
            throw new InvalidIdException("'" + path + "' is not a path within a warehouse");
        }
    }

    private static void requireDigest(String path, @Nullable FileDigest digest) {
        if (digest == null
                || digest.bytes() < 0
                || digest.crc32() == null
                || !CRC32.matcher(digest.crc32()).matches()) {
            throw new InvalidIdException("size and checksum of '" + path + "': missing");
        }
    }
}
