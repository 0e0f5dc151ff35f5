package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers see the pages of the current release, and why there are no newer ones, whatever went wrong before. */
@Tag("thorough")
class PagesIT {

    private static final LocalDate FIRST = KeptNights.FIRST;
    private static final LocalDate SECOND = FIRST.plusDays(1);

    @TempDir
    private static Path folder;

    @Test
    void pagesFollowTheRelease() throws IOException {
        Installation programs = Installation.in(folder);
        Installation fpw = programs.here();
        TrialForce trial = KeptNights.first(fpw, folder)
                .edit("force.yml", "made: false", "made: true\n  small_cell_threshold: 10");
        String force = trial.folder().toString();
        Path site = trial.warehouse().resolve("site");

        // a release before the force had pages
        fpw.succeed("report", "--force", force);
        assertThat(page(site))
                .contains("Figures as at the end of <strong>1 March 2025</strong>. Every feed was complete to that "
                        + "day. Next "
                        + "expected by 07:00 on Monday 3 March 2025;")
                .contains("Release 2025-03-01.1 of Trial force")
                .doesNotContain("not renewed");

        // a failed run shows this to readers, without its message
        trial.writeDevices(SECOND, List.of(TrialForce.HEADER, "no,such,row"));
        assertThat(fpw.run("nightly", "--force", force, "--date", SECOND.toString())
                        .exitCode())
                .isNotZero();
        assertThat(page(site))
                .contains("Figures of 1 March 2025, not renewed:")
                .contains("the run of Sunday 2 March 2025 failed, because the data of a feed could not be loaded.")
                .doesNotContain("no,such,row");

        trial.drop(SECOND);
        assertThat(fpw.succeed("nightly", "--force", force, "--date", SECOND.toString())
                        .out())
                .contains("\nforce.yml: pages.small_cell_threshold no longer has an effect, because pages show exact "
                        + "figures; remove it\n");
        assertThat(page(site)).contains("<strong>2 March 2025</strong>").doesNotContain("not renewed");
        String current = String.valueOf(trial.currentRelease());
        assertThat(page(site)).contains("Release " + current + " of Trial force");
        Installation.Outcome elsewhere =
                fpw.run("status", "--fail-unless-released-by", "07:00", "--pages", site.toString());
        assertThat(elsewhere.exitCode()).isEqualTo(7);
        assertThat(elsewhere.out())
                .startsWith(
                        "Trial force: " + site + " shows release " + current + ", data as at 2025-03-02, published");

        // single cases are made on request and on record, for the owner
        assertThat(fpw.run("report", "--force", force, "--restricted").err())
                .contains("--restricted shows single cases, and that is recorded with its reason");
        assertThat(trial.warehouse().resolve("restricted")).doesNotExist();
        fpw.succeed("report", "--force", force, "--restricted", "--reason", "morning review");
        try (Stream<Path> made = Files.walk(trial.warehouse().resolve("restricted"))) {
            assertThat(made).hasSizeGreaterThan(3).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
        assertThat(fpw.succeed("looks", "--force", force).out())
                .contains("  fpw report mart.case_milestone_open, mart.case_silence, mart.case_clock, release "
                        + current + ": 0 rows\n    morning review\n");
        assertThat(page(site)).contains("Release " + current);

        // an earlier release next to it
        fpw.succeed(
                "report",
                "--force",
                force,
                "--release",
                "2025-03-01.1",
                "--to",
                folder.resolve("old").toString());
        assertThat(page(folder.resolve("old"))).contains("Release 2025-03-01.1 of Trial force");
        assertThat(page(site)).contains("Release " + current);

        fpw.succeed("withdraw", "release", current, "--force", force, "--reason", "test");
        assertThat(page(site)).contains("Release 2025-03-01.1 of Trial force");

        // as left by a process that was killed between the switch and the pages: the next command corrects it
        Files.delete(site);
        // with the processes of the installation
        programs.succeed("report", "--force", force);
        assertThat(page(site)).contains("Release 2025-03-01.1 of Trial force");

        assertThat(fpw.run("status", "--force", force, "--fail-unless-released-by", "07:00")
                        .exitCode())
                .isEqualTo(7);
        assertThat(page(site))
                .contains("Figures of 1 March 2025, not renewed:")
                .containsPattern("no figures of [A-Z][a-z]+ [0-9]+ [A-Z][a-z]+ 20[0-9]{2} were released by 07:00[.]");
        try (Stream<Path> left = Files.list(trial.warehouse().resolve("sites"))) {
            assertThat(left.filter(entry -> !entry.getFileName().toString().equals(".lock")))
                    .hasSize(1);
        }
    }

    private static String page(Path site) throws IOException {
        return Files.readString(site.resolve("index.html"));
    }
}
