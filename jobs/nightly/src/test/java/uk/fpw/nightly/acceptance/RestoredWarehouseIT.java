package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup of a warehouse with an embedded database, by the steps of {@code docs/operator.md}, restored on another
 * path.
 */
@Tag("thorough")
class RestoredWarehouseIT {

    private static final String DATABASE = "fpw.mv.db";

    @TempDir
    private static Path folder;

    /** It is refused before the relocation. The first warehouse stays as it is, byte for byte. */
    @Test
    void nextNightOfARestoredWarehouseGivesTheReleaseOfAnUndisturbedOne() throws IOException {
        Installation fpw = Installation.here(folder);
        TrialForce first = KeptNights.first(fpw, folder);
        LocalDate night = KeptNights.FIRST.plusDays(1);
        first.drop(night);
        Path elsewhere = folder.toRealPath().resolve("restored");
        assertThat(fpw.succeed("status", "--force", first.folder().toString()).out())
                .contains("Running: none");
        Map<String, String> before = contents(first.warehouse());
        Path warehouse = Files.createDirectories(elsewhere.resolve("warehouse"));
        Files.copy(first.warehouse().resolve(DATABASE), warehouse.resolve(DATABASE));
        copyRest(first.warehouse(), warehouse);
        Path force = TestForceFolders.copy(first.folder(), elsewhere.resolve("force"));

        assertThat(fpw.run("status", "--force", force.toString()).err())
                .startsWith("fpw: the embedded database " + warehouse.resolve(DATABASE) + " was not created here");
        fpw.succeed("trust", "--force", force.toString());
        Installation.Outcome refused = fpw.run("nightly", "--force", force.toString(), "--date", night.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .startsWith("fpw: warehouse ")
                .contains(" belongs to " + first.warehouse() + ", but is used in " + warehouse
                        + ": it was copied, restored or moved");
        assertThat(fpw.succeed("relocate", "--force", force.toString()).out())
                .contains(" is now in " + warehouse + ". It was in " + first.warehouse() + "; ")
                .endsWith(" tables have new paths.\n");
        fpw.succeed("nightly", "--force", force.toString(), "--date", night.toString());

        assertThat(digest(warehouse, night))
                .isEqualTo(digest(KeptNights.inARow().resolve("warehouse"), night));
        assertThat(fpw.query(force, "select count(*) as n from mart.queue_daily where release_id = '" + night + ".1'")
                        .get(0)
                        .get("n")
                        .asLong())
                .isPositive();
        assertThat(contents(first.warehouse())).isEqualTo(before);
    }

    private static String digest(Path warehouse, LocalDate night) throws IOException {
        return new ObjectMapper()
                .readTree(warehouse
                        .resolve("releases/" + night + ".1/release.json")
                        .toFile())
                .get("digest")
                .asText();
    }

    private static void copyRest(Path source, Path target) throws IOException {
        try (Stream<Path> entries = Files.walk(source)) {
            for (Path entry : entries.toList()) {
                Path copy = target.resolve(source.relativize(entry));
                if (Files.isDirectory(entry) && !Files.isSymbolicLink(entry)) {
                    Files.createDirectories(copy);
                } else if (!entry.endsWith(DATABASE)) {
                    Files.copy(entry, copy, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    /**
     * Digests of all files but the logs: the runs of the test share a JVM, whose late words go to the log that was open
     * last.
     */
    private static Map<String, String> contents(Path warehouse) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(warehouse)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("fpw.log"))
                    .toList()) {
                contents.put(warehouse.relativize(file).toString(), digest(file));
            }
        }
        return contents;
    }

    private static String digest(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
