package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.store.recovery.LoadWithdrawals;

/** A night with a wrong date, of which nothing is left after it was withdrawn. */
@Tag("thorough")
class WithdrawnLoadIT {

    private static final String HEADER = "DEVICE,SUBMITTED,KIND,SIZE,REMARKS";
    private static final String[] WITHOUT_NUMBERS = {
        "_key", "_item", "_op", "kind", "size", "_known_on", "_row_hash", "_line"
    };

    @TempDir
    Path folder;

    @Test
    void nightsAfterAWithdrawnOneLoadWhatTheyWouldHaveLoadedWithoutIt() throws IOException {
        List<String> never;
        try (IngestTestWarehouse warehouse = warehouse("never")) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x", "B,01/05/2024 11:00,,,x");
            warehouse.load("devices", "2024-05-01");
            secondNight(warehouse);
            never = warehouse.rows("current.devices", WITHOUT_NUMBERS);
        }
        try (IngestTestWarehouse warehouse = warehouse("once")) {
            warehouse.drop("devices_2024-05-01.csv", HEADER, "A,01/05/2024 10:00,phone,2,x", "B,01/05/2024 11:00,,,x");
            warehouse.load("devices", "2024-05-01");
            warehouse.drop("devices_2025-05-01.csv", HEADER, "A,01/05/2024 10:00,laptop,2,x", "C,01/05/2024 10:00,,,x");
            warehouse.load("devices", "2025-05-01");
            warehouse.drop("devices_2024-05-02.csv", HEADER);
            assertThatThrownBy(() -> warehouse.load("devices", "2024-05-02"))
                    .hasMessage("feed devices: the business date 2024-05-02 is earlier than 2025-05-01, the date "
                            + "of its last load; business dates must not decrease: choose 2025-05-01 "
                            + "or later");

            withdraw(warehouse, "2025-05-01");
            assertThat(warehouse.rows("current.devices", "_key", "kind", "_known_on"))
                    .containsExactly("A | phone | 2024-05-01", "B | null | 2024-05-01");
            secondNight(warehouse);

            assertThat(warehouse.rows("current.devices", WITHOUT_NUMBERS)).isEqualTo(never);
            assertThat(warehouse.query("select business_date, status from ops.feed_load where status <> 'failed' "
                            + "order by business_date"))
                    .containsExactly("2024-05-01 | loaded", "2024-05-02 | loaded", "2025-05-01 | withdrawn");
            // Its rows stay recorded, and its date can be loaded when it comes.
            assertThat(warehouse.rows("raw.devices", "_key", "_op", "_known_on"))
                    .contains("A | upsert | 2025-05-01", "B | delete | 2025-05-01", "C | upsert | 2025-05-01");
            assertThat(warehouse.load("devices", "2025-05-01"))
                    .isEqualTo("received 2 = loaded 2 + unchanged 0 + refused 0; deleted 1, flagged 0");
        }
    }

    private IngestTestWarehouse warehouse(String name) throws IOException {
        return new IngestTestWarehouse(Files.createDirectory(folder.resolve(name)), TestFeeds.devices());
    }

    private static void secondNight(IngestTestWarehouse warehouse) {
        warehouse.drop("devices_2024-05-02.csv", HEADER, "A,01/05/2024 10:00,phone,3,x", "B,01/05/2024 11:00,,,x");
        assertThat(warehouse.load("devices", "2024-05-02"))
                .isEqualTo("received 2 = loaded 1 + unchanged 1 + refused 0; deleted 0, flagged 0");
    }

    private static void withdraw(IngestTestWarehouse warehouse, String date) {
        String loadId = warehouse
                .query("select load_id from ops.feed_load where status = 'loaded' and business_date = '" + date + "'")
                .get(0);
        new LoadWithdrawals(
                        warehouse.catalog,
                        warehouse.dataSource,
                        () -> {},
                        Clock.fixed(Instant.parse("2024-06-01T01:00:00Z"), ZoneOffset.UTC))
                .withdraw(loadId, "the clock was ahead", "fpw");
    }
}
