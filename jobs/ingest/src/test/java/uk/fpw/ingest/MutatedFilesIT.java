package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.testing.FeedBranch;

/**
 * Randomly damaged files: each is either rejected for a reason in the file, with nothing changed, or all its rows are
 * accounted for and the tables agree with the account. {@code -Dfpw.mutated.files=1000} reads more of them.
 */
@Tag("thorough")
class MutatedFilesIT {

    private static final int FILES = Integer.getInteger("fpw.mutated.files", 40);
    private static final int ROWS = 40;
    private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);
    private static final byte[] DAMAGE = "\",\n\r\0;|x9- \t".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final Random random = new Random(20240501);

    @Test
    void everyRowOfADamagedFileIsAccountedFor() throws IOException {
        int loads = 0;
        int failures = 0;
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(folder, TestFeeds.devices())) {
            warehouse.drop("devices_" + FIRST + ".csv", content());
            warehouse.load("devices", FIRST.toString());
            List<String> current = keys(FeedBranch.rows(warehouse.catalog, "current.devices"));
            int versions = FeedBranch.rows(warehouse.catalog, "raw.devices").size();
            for (int number = 1; number <= FILES; number++) {
                LocalDate date = FIRST.plusDays(number);
                Files.write(folder.resolve("drop/devices_" + date + ".csv"), mutated());
                try {
                    LoadSummary summary = warehouse.loader().load("devices", date, date, IngestTestWarehouse.run(date));
                    LoadCounts counts = summary.counts();
                    assertThat(counts.received())
                            .as("received on %s", date)
                            .isEqualTo(counts.loaded() + counts.unchanged() + counts.repeated() + counts.refused());
                    assertThat(warehouse.query(
                                    "select count(*) from ops.refusal where load_id = '" + summary.loadId() + "'"))
                            .containsExactly(Long.toString(counts.refused()));
                    versions += (int) (counts.loaded() + counts.deleted());
                    assertThat(FeedBranch.rows(warehouse.catalog, "raw.devices"))
                            .as("versions after %s", date)
                            .hasSize(versions);
                    current = keys(FeedBranch.rows(warehouse.catalog, "current.devices"));
                    assertThat(current).as("keys after %s", date).doesNotHaveDuplicates();
                    loads++;
                } catch (FpwException refused) {
                    assertThat(refused.exitCode()).as(refused.getMessage()).isEqualTo(ExitCode.BAD_DATA);
                    assertThat(refused).hasMessageStartingWith(folder.resolve("drop") + "/devices_" + date + ".csv");
                    assertThat(keys(FeedBranch.rows(warehouse.catalog, "current.devices")))
                            .containsExactlyInAnyOrderElementsOf(current);
                    assertThat(FeedBranch.rows(warehouse.catalog, "raw.devices"))
                            .hasSize(versions);
                    failures++;
                }
            }
        }
        assertThat(loads).as("loads").isGreaterThan(FILES / 4);
        assertThat(failures).as("refused files").isGreaterThan(FILES / 20);
    }

    /** Rows of fifty devices, some of them repeated. */
    private String[] content() {
        List<String> lines = new ArrayList<>(List.of("DEVICE,SUBMITTED,KIND,SIZE,REMARKS"));
        for (int row = 0; row < ROWS; row++) {
            lines.add("D" + random.nextInt(50) + "," + (10 + random.nextInt(18)) + "/05/2024 10:00,"
                    + (random.nextBoolean() ? "phone" : "\"laptop, old\"") + "," + random.nextInt(3) + ",x");
        }
        return lines.toArray(String[]::new);
    }

    private byte[] mutated() {
        byte[] bytes = (String.join("\n", content()) + "\n").getBytes(StandardCharsets.UTF_8);
        for (int change = random.nextInt(4); change > 0; change--) {
            int place = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[place] = DAMAGE[random.nextInt(DAMAGE.length)];
                case 1 -> bytes[place] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, place));
                case 3 -> {
                    int length = Math.min(random.nextInt(60), bytes.length - place);
                    byte[] shorter = new byte[bytes.length - length];
                    System.arraycopy(bytes, 0, shorter, 0, place);
                    System.arraycopy(bytes, place + length, shorter, place, shorter.length - place);
                    bytes = shorter.length == 0 ? new byte[] {'x'} : shorter;
                }
                default -> {
                    int length = Math.min(random.nextInt(60), bytes.length - place);
                    byte[] longer = new byte[bytes.length + length];
                    System.arraycopy(bytes, 0, longer, 0, place + length);
                    System.arraycopy(bytes, place, longer, place + length, bytes.length - place);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }

    private static List<String> keys(List<Record> rows) {
        return rows.stream().map(row -> String.valueOf(row.getField("_key"))).toList();
    }
}
