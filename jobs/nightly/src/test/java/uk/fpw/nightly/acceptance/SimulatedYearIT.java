package uk.fpw.nightly.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.acceptance.LaboratoryYear.Night;
import uk.fpw.warehouse.store.files.RecordingFileSystem;

/**
 * Consecutive nights of a small force on a clock that jumps from night to night, over the end of summer time: late,
 * repeated, corrected and broken files, withdrawn loads, and disks that are full for a moment. After each load
 * {@code current} must match the laboratory, and the ledger the deliveries; after each night with figures these must
 * match the model, and the files must be those that tables and releases name.
 *
 * <p>{@code simulated-year.sh} next to the sources runs a year, with both changes of the clock and 29 February, and
 * reports what grows: {@code -Dfpw.year.nights=371 -Dfpw.year.figures=7}. With {@code -Dfpw.year.folder} the next call
 * continues where the previous one stopped after {@code -Dfpw.year.minutes}.
 */
@Tag("thorough")
class SimulatedYearIT {

    private static final LocalDate FIRST = LocalDate.of(2023, 10, 15);
    private static final int NIGHTS = Integer.getInteger("fpw.year.nights", 30);
    private static final int FIGURES_EVERY = Integer.getInteger("fpw.year.figures", 30);

    /** With this seed nearly every event happens to both feeds. */
    private static final long SEED = Long.getLong("fpw.year.seed", 26);

    @TempDir
    private static Path temporary;

    @BeforeAll
    static void recordSyncs() throws IOException {
        RecordingFileSystem.install();
    }

    @AfterAll
    static void syncAgain() throws IOException {
        RecordingFileSystem.uninstall();
    }

    @Test
    void warehouseIsWhatWasDelivered() throws Exception {
        Path folder = Files.createDirectories(Path.of(System.getProperty("fpw.year.folder", temporary.toString())))
                .toRealPath();
        Path progress = folder.resolve("nights.txt");
        int done = Files.exists(progress) ? Files.readAllLines(progress).size() : 0;
        List<Night> nights = LaboratoryYear.nights(SEED, FIRST, NIGHTS, FIGURES_EVERY);
        long end = System.nanoTime()
                + Duration.ofMinutes(Long.getLong("fpw.year.minutes", 600)).toNanos();
        WarehouseGrowth growth;
        try (SimulatedNights year = new SimulatedNights(Installation.here(folder), folder, nights.subList(0, done))) {
            growth = new WarehouseGrowth(folder.resolve("growth.tsv"), year.storage());
            for (int index = done; index < NIGHTS; index++) {
                if (System.nanoTime() > end) {
                    System.out.println("ended before " + nights.get(index).date() + "; the same call goes on");
                    year.problems().assertAll();
                    return;
                }
                boolean hasFigures = (index + 1) % FIGURES_EVERY == 0;
                year.run(nights.get(index), hasFigures);
                if (hasFigures) {
                    growth.look(nights.get(index).date(), year);
                }
                Files.writeString(
                        progress,
                        nights.get(index).date() + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
            if (NIGHTS % FIGURES_EVERY == 0) {
                year.repeatLast();
            }
            year.problems().assertAll();
        }
        growth.judge();
    }
}
