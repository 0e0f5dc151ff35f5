package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;

/** Loads the 63,118 real service requests of the example. */
@Tag("thorough")
class BostonLoadIT {

    @TempDir
    Path folder;

    @Test
    void everyRequestIsLoadedOnceAndOnlyOnce() {
        Force boston = ForceFolder.read(Path.of(System.getProperty("fpw.root"), "examples", "boston-311"));
        try (IngestTestWarehouse warehouse =
                new IngestTestWarehouse(folder, Map.of(), boston.connections(), boston.feeds())) {
            assertThat(warehouse.load("requests", "2016-01-12"))
                    .isEqualTo("received 63118 = loaded 63118 + unchanged 0 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.load("requests", "2016-01-12"))
                    .isEqualTo("received 63118 = loaded 0 + unchanged 63118 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.snapshots("raw.requests")).isEqualTo(1);
            assertThat(warehouse.query("select count(*) from ops.refusal")).containsExactly("0");
        }
    }
}
