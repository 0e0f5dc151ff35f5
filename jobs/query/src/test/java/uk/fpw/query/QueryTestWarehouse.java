package uk.fpw.query;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a warehouse folder as a nightly load leaves it. */
final class QueryTestWarehouse {

    private QueryTestWarehouse() {}

    /** Writes {@code releases/<id>/release.json} with the tables given as JSON, separated by commas. */
    static void release(Path warehouse, String id, String businessDate, String tables) throws IOException {
        Path folder = Files.createDirectories(warehouse.resolve("releases").resolve(id));
        Files.writeString(folder.resolve("release.json"), """
                {"format": 1, "release_id": "%s", "business_date": "%s", "released_at": "2016-01-13T06:00:00Z",
                 "force": "boston_311", "force_name": "City of Boston", "zone": "America/New_York",
                 "software_version": "0.1.0", "force_digest": "f", "key_fingerprint": null, "digest": "d", "tables": \
                [%s]}
                """.formatted(id, businessDate, tables));
    }

    /** Makes a release the current one. */
    static void point(Path warehouse, String id) throws IOException {
        Files.createDirectories(warehouse.resolve("releases"));
        Files.writeString(warehouse.resolve("releases/current"), id + "\n");
    }
}
