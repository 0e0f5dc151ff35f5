package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose candidate a Spark cluster computes. */
@Tag("thorough")
@Tag("engines")
class ClusterIT {

    private static final String SECRET = "a-secret-that-every-part-of-it-knows";

    /** A value of a row that no log may show. */
    private static final String DEVICE = "a-device-that-no-log-shows";

    @TempDir
    private static Path folder;

    @Test
    void aClusterThatLosesAnExecutorComputesTheSameRelease() throws IOException, InterruptedException {
        Path here = folder.toRealPath();
        Installation fpw = Installation.here(here);
        Path local = here.resolve("local/kent");
        Files.createDirectories(here.resolve("local"));
        Path distant = here.resolve("distant/kent");
        Files.createDirectories(here.resolve("distant"));
        fpw.succeed("init", local.toString());
        fpw.succeed("init", distant.toString());
        for (Path force : List.of(local, distant)) {
            Path feed = force.resolve("feeds/devices.yml");
            Files.writeString(
                    feed,
                    Files.readString(feed)
                            .replace("[computer, phone, tablet]", "[computer, phone, tablet, " + DEVICE + "]"));
            Path list = force.resolve("drop/devices_2026-11-23.csv");
            Files.writeString(list, Files.readString(list) + "DFU/6,C-105," + DEVICE + ",20/11/2026,,,PC 3\n");
        }
        fpw.succeed("nightly", "--force", local.toString(), "--date", "2026-11-23");

        Path lib = Path.of(System.getProperty("fpw.dist")).resolve("lib");
        try (StandaloneCluster cluster =
                StandaloneCluster.start(Files.createDirectories(here.resolve("cluster")), lib, SECRET)) {
            Installation withCluster = Installation.in(Files.createDirectories(here.resolve("with-cluster")))
                    .set("FPW_INSTALLATION", installation(here, cluster).toString())
                    .set("FPW_SPARK_SECRET", SECRET);
            try (Installation.Running night = withCluster.start(
                    cluster.home(), "nightly", "--force", distant.toString(), "--date", "2026-11-23")) {
                Optional<ProcessHandle> executor = Optional.empty();
                while (executor.isEmpty() && night.isRunning()) {
                    executor = cluster.executor();
                    Thread.sleep(50);
                }
                // the night goes on with the executor that replaces it
                assertThat(executor).isPresent();
                executor.get().destroyForcibly();
                Installation.Outcome outcome = night.await();
                assertThat(outcome.exitCode()).as("%s", outcome).isZero();
                assertThat(outcome.out()).doesNotContain(SECRET);
            }
            poison(distant);
            Installation.Outcome poisoned = withCluster
                    .set("SPARK_HOME", cluster.home().toString())
                    .run("nightly", "--force", distant.toString(), "--date", "2026-11-24");
            assertThat(poisoned.exitCode()).as("%s", poisoned).isNotZero();
            assertThat(poisoned.out() + poisoned.err()).contains("ODD_TYPE").doesNotContain(SECRET, DEVICE);
            boolean isFailureWritten = false;
            for (Path file : cluster.written()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(text).as("%s", file).doesNotContain(SECRET, DEVICE);
                isFailureWritten |= text.contains("CAST_INVALID_INPUT");
            }
            assertThat(isFailureWritten)
                    .as("an executor wrote the message, without the value")
                    .isTrue();
        }
        assertThat(digest(fpw, distant)).isEqualTo(digest(fpw, local));
        assertThat(fpw.query(
                        distant,
                        "select item_key from core.event where cast(attributes as varchar) like '%" + DEVICE + "%'"))
                .isNotEmpty();
        for (Path log : logs(distant)) {
            assertThat(Files.readString(log)).as("%s", log).doesNotContain(SECRET, DEVICE);
        }
        assertThat(fpw.set("FPW_INSTALLATION", here.resolve("installation.yml").toString())
                        .set("FPW_SPARK_SECRET", SECRET)
                        .succeed("status", "--force", distant.toString())
                        .out())
                .contains("Spark computes on the cluster spark://127.0.0.1:");
    }

    /** A rule that fails in an executor, at a row whose value Spark would quote. */
    private static void poison(Path force) throws IOException {
        Files.copy(force.resolve("drop/devices_2026-11-23.csv"), force.resolve("drop/devices_2026-11-24.csv"));
        Path rules = force.resolve("rules/devices.yml");
        Files.writeString(rules, Files.readString(rules) + """
                  - code: ODD_TYPE
                    severity: exclude
                    expression: length(device_type) < 9 or cast(device_type as int) > 0
                    message: "odd type"
                """);
    }

    private static Path installation(Path folder, StandaloneCluster cluster) throws IOException {
        Path file = folder.resolve("installation.yml");
        Files.writeString(file, """
                spark:
                  master: %s
                  host: 127.0.0.1
                  settings:
                    spark.executor.memory: 600m
                    spark.executor.cores: 1
                """.formatted(cluster.master()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    private static String digest(Installation fpw, Path force) {
        return Installation.rows(fpw.succeed("releases", "--force", force.toString(), "--format", "json"))
                .get(0)
                .get("digest")
                .asText();
    }

    /** The logs of its runs; other files name the values that the feed declares. */
    private static List<Path> logs(Path force) throws IOException {
        try (var files = Files.walk(force.resolveSibling("var/kent/runs"))) {
            return files.filter(file -> file.toString().endsWith(".log")).toList();
        }
    }
}
