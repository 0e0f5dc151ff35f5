package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nights, a backup after each, the warehouse lost with its database, restored, and the next night. */
abstract class RestoredWarehouse {

    private static final LocalDate FIRST = KeptNights.FIRST;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** A force after its first night. */
    abstract TrialForce first(Installation fpw, Path folder) throws Exception;

    /** Replaces the lost database with an empty one; one in the folder is lost with the folder. */
    void loseDatabase(TrialForce force) throws Exception {}

    @Test
    void nightAfterTheRestorationGivesTheReleaseOfAnUndisturbedOne() throws Exception {
        Installation fpw = Installation.here(folder);
        TrialForce force = first(fpw, folder);
        String forceFolder = force.folder().toString();
        String backups = folder.resolve("backups").toString();
        fpw.succeed("backup", backups, "--force", forceFolder);
        night(fpw, force, FIRST.plusDays(1));
        fpw.succeed("pin", FIRST.plusDays(1) + ".1", "quoted", "--force", forceFolder);
        Installation.Outcome second = fpw.succeed("backup", backups, "--force", forceFolder, "--keep-days", "90");
        assertThat(second.out())
                .contains(": current release " + FIRST.plusDays(1) + ".1\n")
                .contains("\n  not included: the pseudonym key with fingerprint ");
        assertThat(fpw.succeed("backup", backups, "--verify").out().lines())
                .hasSize(2)
                .allMatch(line -> line.endsWith(" files and the database are undamaged"));

        delete(force.warehouse());
        loseDatabase(force);
        Installation.Outcome restored = fpw.succeed("restore", backups, "--verify", "--force", forceFolder);
        assertThat(restored.out())
                .contains(" files, all undamaged.\nIts current release is " + FIRST.plusDays(1) + ".1.")
                .doesNotContain("separate")
                .containsPattern("recounted from the events, every series: (\\d+) of \\1 comparisons are equal");
        assertThat(restored.err()).isEmpty();
        assertThat(fpw.succeed("query", "--force", forceFolder, "--release", "quoted", "select 1")
                        .exitCode())
                .isZero();

        LocalDate next = FIRST.plusDays(2);
        night(fpw, force, next);
        assertThat(digest(force.warehouse(), next))
                .isEqualTo(digest(KeptNights.inARow().resolve("warehouse"), next));
        assertThat(fpw.succeed("verify", "--files", "--force", forceFolder).out())
                .doesNotContain("have no checksum");
        fpw.succeed("backup", backups, "--force", forceFolder);
    }

    private static void night(Installation fpw, TrialForce force, LocalDate date) {
        force.drop(date);
        fpw.succeed("nightly", "--force", force.folder().toString(), "--date", date.toString());
    }

    private static void delete(Path warehouse) throws IOException {
        try (Stream<Path> entries = Files.walk(warehouse)) {
            List<Path> all = entries.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : all) {
                Files.delete(entry);
            }
        }
    }

    private static String digest(Path warehouse, LocalDate night) throws IOException {
        return new ObjectMapper()
                .readTree(warehouse
                        .resolve("releases/" + night + ".1/release.json")
                        .toFile())
                .get("digest")
                .asText();
    }
}
