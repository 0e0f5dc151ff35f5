package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One load closes everything that was open: the release is stopped, and passes if a person accepts it or in a declared
 * backfill.
 */
@Tag("thorough")
class ClosedBacklogIT {

    private static final LocalDate GOOD = KeptNights.FIRST;
    private static final LocalDate CLOSED = LocalDate.of(2025, 3, 2);
    private static final String CLOSURES =
            "59 of 59 items that were open in release 2025-03-01.1 have left as 'examined', 100.0 "
                    + "%; normal is up to 1.7 %, by the loads of 2025-03-02; the limit is 80.0 % and at least 50";

    @TempDir
    private static Path folder;

    private static Installation fpw;

    @BeforeAll
    static void install() {
        fpw = Installation.here(folder);
    }

    @Test
    void closureOfEverythingStopsUntilItIsAccepted() throws IOException {
        TrialForce force = dropAllExamined(KeptNights.first(fpw, Files.createDirectories(folder.resolve("accepted"))));
        String name = force.folder().toString();

        Installation.Outcome stopped = fpw.run("nightly", "--force", name, "--date", CLOSED.toString());
        assertThat(stopped.exitCode()).as(stopped.toString()).isEqualTo(5);
        assertThat(stopped.err())
                .contains("  awaiting_examination CLOSURES: " + CLOSURES
                        + ". If it is correct, accept it once: fpw accept awaiting_examination:closures "
                        + "--date 2025-03-02 --reason \"...\", and run again\n");
        assertThat(force.currentRelease()).isEqualTo("2025-03-01.1");

        fpw.succeed(
                "accept",
                "awaiting_examination:closures",
                "--date",
                CLOSED.toString(),
                "--reason",
                "counted by hand, all examined",
                "--force",
                name);
        Installation.Outcome passed = fpw.succeed("nightly", "--force", name, "--date", CLOSED.toString());
        assertThat(passed.out())
                .contains("  awaiting_examination CLOSURES: 59 rows: " + CLOSURES
                        + "; accepted, because counted by hand, all examined\n");
        assertThat(force.currentRelease()).isEqualTo("2025-03-02.2");
        assertThat(fpw.succeed("releases", "--force", name).out())
                .contains("      accepted awaiting_examination:closures of 2025-03-02 (" + CLOSURES
                        + "), because counted by hand, all examined (recorded by " + System.getProperty("user.name")
                        + ")\n");
    }

    @Test
    void closureOfEverythingIsPrintedInABackfill() throws IOException {
        TrialForce force = dropAllExamined(TrialForce.in(Files.createDirectories(folder.resolve("backfill")))
                .drop(GOOD));
        Installation.Outcome nights = fpw.succeed(
                "nightly", "--force", force.folder().toString(), "--from", GOOD.toString(), "--to", CLOSED.toString());
        assertThat(nights.out())
                .contains("  awaiting_examination CLOSURES: 59 rows: " + CLOSURES
                        + "; accepted, because the run is part of a backfill (--from, --to)\n");
        assertThat(force.currentRelease()).isEqualTo("2025-03-02.1");
    }

    private static TrialForce dropAllExamined(TrialForce force) {
        force.drop(CLOSED);
        List<String> lines = new ArrayList<>(TrialForce.devices(GOOD));
        // the column of the examination is the fourth
        lines.replaceAll(line -> line.replaceFirst("^([^,]*,[^,]*,[^,]*),,", "$1," + CLOSED + ","));
        return force.writeDevices(CLOSED, lines);
    }
}
