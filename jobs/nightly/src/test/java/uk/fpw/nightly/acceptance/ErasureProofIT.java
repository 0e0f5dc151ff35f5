package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.model.Models;

/**
 * A person who is named in seven columns, through ten nights with a row that goes and comes back, pins, exports, pages,
 * pages of single cases, records of reads, refused rows, and a backup, is erased. Every byte is searched, and from the
 * next night on all figures are those of a warehouse that never had the person.
 */
@Tag("thorough")
class ErasureProofIT {

    private static final int NIGHTS = 10;

    @TempDir
    private static Path folder;

    @Test
    void nothingIsLeftAfterTenNightsAndAllOthersCountAsIfThePersonHadNeverBeenThere() throws Exception {
        Installation fpw = Installation.here(folder);
        ErasureForce force = ErasureForce.wide(folder.resolve("erased"), true);
        List<String> pins = new ArrayList<>();
        for (int night = 0; night < NIGHTS; night++) {
            night(fpw, force, night);
            if (night % 4 == 0) {
                pins.add("night-" + night);
                fpw.succeed(
                        "pin", ErasureForce.FIRST.plusDays(night) + ".1", "night-" + night, "--force", force.path());
            }
        }
        ErasureIT.look(fpw, force);
        fpw.succeed("report", "--restricted", "--reason", "about " + ErasureForce.PERSON, "--force", force.path());
        fpw.succeed("export", "--format", "xlsx", "--force", force.path());
        Path reports = folder.resolve("reports");
        fpw.succeed("rejections", "--report", reports.toString(), "--force", force.path());
        Path backups = folder.resolve("backups");
        fpw.succeed("backup", backups.toString(), "--force", force.path());
        Path copy = folder.resolve("copy");
        RekeyKills.copy(force.warehouse(), copy);
        String values = force.values(folder).toString();

        // the controls: what is searched for is there, in files of each kind
        assertThat(names(force.warehouse())).anyMatch(name -> name.endsWith(".xlsx"));
        assertThat(places(force, force.warehouse()))
                .anyMatch(place -> place.endsWith(".parquet"))
                .anyMatch(place -> place.endsWith(".avro"))
                .anyMatch(place -> place.endsWith(".mv.db"))
                .anyMatch(place -> place.contains("/restricted/"));
        assertThat(places(force, copy)).hasSameSizeAs(places(force, force.warehouse()));
        Installation.Outcome before = search(fpw, force, values);
        assertThat(before.exitCode()).as(before.toString()).isEqualTo(10);
        assertThat(before.out() + before.err()).contains(".parquet (").doesNotContain("CANARY", "Canary");

        fpw.succeed(ErasureIT.erase(force, values));

        assertThat(places(force, force.warehouse())).isEmpty();
        Installation.Outcome after = search(fpw, force, values);
        assertThat(after.exitCode()).as(after.toString()).isZero();
        assertThat(after.out()).contains("nothing was found.").doesNotContain("not searched: ");
        for (Path left : List.of(copy.toRealPath(), backups.toRealPath())) {
            Installation.Outcome found = search(fpw, force, values, "--also", left.toString());
            assertThat(found.exitCode()).as(found.toString()).isEqualTo(10);
            assertThat(found.out().lines().filter(line -> line.startsWith("  found: ")))
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("  found: " + left + "/"));
        }
        fpw.succeed("verify", "--files", "--force", force.path());
        for (String pin : pins) {
            fpw.succeed("verify", pin, "--force", force.path());
        }
        assertThat(fpw.succeed("looks", "--verify", "--force", force.path()).out())
                .contains("complete and unchanged but for the texts of 2 records, which were erased");

        night(fpw, force, NIGHTS);
        assertThat(places(force, force.warehouse())).isEmpty();
        ErasureForce never = ErasureForce.wide(folder.resolve("never"), false);
        for (int night = 0; night <= NIGHTS; night++) {
            night(fpw, never, night);
        }
        for (String mart : Models.marts().stream().map(model -> model.table()).toList()) {
            if (!ErasureIT.OF_EARLIER_RELEASES.contains(mart)) {
                assertThat(ErasureIT.figures(fpw, force, mart)).as(mart).isEqualTo(ErasureIT.figures(fpw, never, mart));
            }
        }
    }

    private static void night(Installation fpw, ErasureForce force, int night) {
        Installation.Outcome outcome = force.night(fpw, ErasureForce.FIRST.plusDays(night));
        assertThat(outcome.exitCode()).as("night %s: %s", night, outcome).isZero();
    }

    private static Installation.Outcome search(Installation fpw, ErasureForce force, String values, String... further) {
        return fpw.run(Stream.concat(
                        Stream.of("erase", "--search", "--person-file", values, "--force", force.path()),
                        Stream.of(further))
                .toArray(String[]::new));
    }

    /** Where any value of the person is, in whichever column it was. */
    private static List<String> places(ErasureForce force, Path folder) {
        return ErasureIT.search(force, folder).hits().stream()
                .map(hit -> hit.place())
                .toList();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString).toList();
        }
    }
}
