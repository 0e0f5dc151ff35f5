package uk.fpw.layout;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * Who a warehouse is. The same in the file {@code warehouse.json} of its folder and in {@code ops.warehouse} of its
 * database.
 *
 * @param id a copy carries the same until it is relocated
 * @param forceCode short name of the force
 * @param path absolute path of the warehouse folder, symbolic links resolved; the paths in its tables begin with it
 * @param dataPrefix folder of the tables, relative to the warehouse folder, such as {@code data/<id>}
 * @param createdAt when the identity was given
 */
public record WarehouseIdentity(
        UUID id,
        @JsonProperty("force") String forceCode,
        Path path,
        @JsonProperty("data") String dataPrefix,
        Instant createdAt) {

    public WarehouseIdentity {
        requireNonNull(id, "id: missing");
        requireNonNull(forceCode, "force: missing");
        requireNonNull(path, "path: missing");
        requireNonNull(dataPrefix, "data: missing");
        requireNonNull(createdAt, "created_at: missing");
    }

    /** Absolute path of the folder that holds the tables. */
    public Path dataFolder() {
        return path.resolve(dataPrefix);
    }
}
