package uk.fpw.warehouse.force;

import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The content of {@code force.yml}. */
record ForceYaml(
        String force, String name, ZoneId zone, int confirmDateAfterDays, StorageYaml storage, PagesYaml pages) {

    Force.Identity identity(Path folder) {
        return new Force.Identity(force, name, zone, storage.in(folder), confirmDateAfterDays, pages.settings());
    }

    record PagesYaml(boolean made, int smallCellThreshold, String expectedBy) {

        Force.Pages settings() {
            return new Force.Pages(made, smallCellThreshold, LocalTime.parse(expectedBy));
        }
    }

    /** Location of the warehouse; the last three fields are given together or not at all. */
    record StorageYaml(
            String warehouse,
            @Nullable String database,
            @Nullable String user,
            @Nullable String passwordVariable) {

        Force.Storage in(Path folder) {
            Path path = folder.resolve(warehouse).normalize();
            return database == null || user == null || passwordVariable == null
                    ? Force.Storage.embedded(path)
                    : new Force.Storage(path, database, user, passwordVariable);
        }
    }
}
