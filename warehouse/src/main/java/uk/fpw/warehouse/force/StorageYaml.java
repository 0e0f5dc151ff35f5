package uk.fpw.warehouse.force;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Group {@code storage} of {@code force.yml}; the fields from {@code database} are given together or not at all. */
record StorageYaml(
        String warehouse,
        @Nullable String tables,
        @Nullable String database,
        @Nullable String user,
        @Nullable String passwordVariable) {

    /** The location, with a relative path of the warehouse resolved against the force folder. */
    Force.Storage in(Path folder) {
        Path path = folder.resolve(warehouse).normalize();
        Force.Storage storage = database == null || user == null || passwordVariable == null
                ? Force.Storage.embedded(path)
                : new Force.Storage(path, database, user, passwordVariable);
        return storage.withTables(tables);
    }
}
