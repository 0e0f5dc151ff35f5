package uk.fpw.nightly.bi;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Under which ids Superset knows what a force imports: the same in every file, so that a later import replaces an
 * earlier one.
 *
 * @param force code of the force
 */
record SupersetIds(String force) {

    String database() {
        return id("database");
    }

    String dataset(String view) {
        return id("dataset " + view);
    }

    String chart(String kind, String title) {
        return id("chart " + kind + " " + title);
    }

    String dashboard(String kind) {
        return id("dashboard " + kind);
    }

    private String id(String of) {
        return UUID.nameUUIDFromBytes(("fpw " + force + " " + of).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
