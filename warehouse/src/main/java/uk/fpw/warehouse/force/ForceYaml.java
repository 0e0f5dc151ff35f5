package uk.fpw.warehouse.force;

import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** {@code force.yml} as it is written. */
record ForceYaml(
        String force, String name, ZoneId zone, int confirmDateAfterDays, StorageYaml storage, PagesYaml pages) {

    Force.Identity identity(Path folder) {
        return new Force.Identity(force, name, zone, storage.in(folder), confirmDateAfterDays, pages.settings());
    }

    /** What is set for the pages of a release. */
    record PagesYaml(boolean made, int smallCellThreshold, String expectedBy) {

        Force.Pages settings() {
            return new Force.Pages(made, smallCellThreshold, LocalTime.parse(expectedBy));
        }
    }

    /** Where the warehouse lives: either all of the last three are given or none. */
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
