package uk.fpw.layout;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;

/**
 * Who a warehouse is. The same in the file {@code warehouse.json} of its folder and in {@code ops.warehouse} of its
 * database.
 *
 * @param id a copy carries the same until it is relocated
 * @param forceCode short name of the force
 * @param path absolute path of the warehouse folder, symbolic links resolved; the paths in its tables begin with it
 * @param dataPrefix folder of the tables, relative to the warehouse folder, such as {@code data/<id>}
 * @param keyFormat how its keys are written; {@link KeyFormat#HEX} where versions that knew no other wrote none
 * @param createdAt when the identity was given
 */
public record WarehouseIdentity(
        UUID id,
        @JsonProperty("force") String forceCode,
        Path path,
        @JsonProperty("data") String dataPrefix,
        KeyFormat keyFormat,
        Instant createdAt) {

    public WarehouseIdentity {
        requireNonNull(id, "id: missing");
        requireNonNull(forceCode, "force: missing");
        requireNonNull(path, "path: missing");
        requireNonNull(dataPrefix, "data: missing");
        keyFormat = Objects.requireNonNullElse(keyFormat, KeyFormat.HEX);
        requireNonNull(createdAt, "created_at: missing");
    }

    /**
     * The identity of a warehouse that has none yet.
     *
     * @param isOlder whether it has tables, of a version without identities
     * @param now when it is given, rounded down to milliseconds
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

    /** Absolute path of the folder that holds the tables. */
    public Path dataFolder() {
        return path.resolve(dataPrefix);
    }
}
