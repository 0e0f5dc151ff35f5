package uk.fpw.layout;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a warehouse, stored both in {@code warehouse.json} in its folder and in {@code ops.warehouse} in its
 * database.
 *
 * @param id a copy keeps the id until it is relocated
 * @param forceCode short name of the force
 * @param path absolute path of the warehouse folder with symbolic links resolved; all paths in the table metadata start
 *     with it
 * @param dataPrefix folder of the tables, relative to the warehouse folder, such as {@code data/<id>}
 * @param keyFormat format of the keys; {@link KeyFormat#HEX} if not stored, as by versions that had no other
 * @param hasErasures whether rows were erased from it, which earlier versions would load again
 * @param tables URL under which the tables are in an object store, such as {@code s3://bucket/prefix}; null if they are
 *     in the warehouse folder
 * @param createdAt when the identity was created
 */
public record WarehouseIdentity(
        UUID id,
        @JsonProperty("force") String forceCode,
        Path path,
        @JsonProperty("data") String dataPrefix,
        KeyFormat keyFormat,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean hasErasures,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String tables,
        Instant createdAt) {

    /** The file format numbers of {@link KeyFormat} are 1 and 2; with erasures they are 3 and 4. */
    private static final int WITH_ERASURES = 2;

    /** With tables in an object store all of them are higher. */
    private static final int IN_OBJECT_STORE = 4;

    @JsonCreator
    public WarehouseIdentity {
        requireNonNull(id, "id: missing");
        requireNonNull(forceCode, "force: missing");
        requireNonNull(path, "path: missing");
        requireNonNull(dataPrefix, "data: missing");
        keyFormat = Objects.requireNonNullElse(keyFormat, KeyFormat.HEX);
        requireNonNull(createdAt, "created_at: missing");
    }

    /** The identity of a warehouse in a folder, from which nothing was erased. */
    public WarehouseIdentity(
            UUID id, String forceCode, Path path, String dataPrefix, KeyFormat keyFormat, Instant createdAt) {
        this(id, forceCode, path, dataPrefix, keyFormat, false, null, createdAt);
    }

    /**
     * A new identity for a warehouse that has none yet.
     *
     * @param isOlder whether it already has tables, written by a version without identities
     * @param now time of creation; rounded down to milliseconds
     */
    public static WarehouseIdentity create(String forceCode, Path path, boolean isOlder, Instant now) {
        UUID id = UUID.randomUUID();
        return new WarehouseIdentity(
                id,
                forceCode,
                path,
                isOlder ? WarehouseFolder.DATA : WarehouseFolder.DATA + "/" + id,
                isOlder ? KeyFormat.HEX : KeyFormat.OF_NEW_WAREHOUSES,
                now.truncatedTo(ChronoUnit.MILLIS));
    }

    /** Absolute path of the folder with the tables, or with copies of what is in the object store. */
    public Path dataFolder() {
        return path.resolve(dataPrefix);
    }

    /** URL of the folder with the tables, without a slash at its end. */
    public String tableLocation() {
        return tables == null ? "file://" + dataFolder() : tables + "/" + dataPrefix;
    }

    /** The same identity with keys in that format. */
    public WarehouseIdentity with(KeyFormat otherKeyFormat) {
        return new WarehouseIdentity(id, forceCode, path, dataPrefix, otherKeyFormat, hasErasures, tables, createdAt);
    }

    /** The same identity, with or without erasures. */
    public WarehouseIdentity withErasures(boolean isErasedFrom) {
        return new WarehouseIdentity(id, forceCode, path, dataPrefix, keyFormat, isErasedFrom, tables, createdAt);
    }

    /** The same identity with its tables in that object store; null for the warehouse folder. */
    public WarehouseIdentity in(@Nullable String objectStore) {
        return new WarehouseIdentity(id, forceCode, path, dataPrefix, keyFormat, hasErasures, objectStore, createdAt);
    }

    /**
     * Format number of the files that contain the identity. Earlier versions read only lower numbers, so they reject a
     * warehouse or backup in which they would write keys of the wrong format, load erased rows again, or miss the
     * tables.
     */
    public int fileFormat() {
        return keyFormat.fileFormat() + (hasErasures ? WITH_ERASURES : 0) + (tables == null ? 0 : IN_OBJECT_STORE);
    }

    /** Whether an identity can have that file format number. */
    public static boolean isFileFormat(int number) {
        return KeyFormat.isFileFormat(number)
                || KeyFormat.isFileFormat(number - WITH_ERASURES)
                || KeyFormat.isFileFormat(number - IN_OBJECT_STORE)
                || KeyFormat.isFileFormat(number - IN_OBJECT_STORE - WITH_ERASURES);
    }
}
