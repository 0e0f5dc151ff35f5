package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose tables are in an object store. */
@Tag("thorough")
class ObjectStoreIT {

    private static final String SECRET_OF_STORE = "a-secret-of-the-store-that-nobody-writes-down";
    private static final String SECRET_OF_CLUSTER = "a-secret-that-every-part-of-it-knows";
    private static final String FIRST = "2026-11-23";
    private static final String SECOND = "2026-11-24";

    @TempDir
    private Path folder;

    private Path here;
    private Installation fpw;
    private Path local;
    private Path far;

    @BeforeEach
    void makeTwoForces() throws IOException {
        here = folder.toRealPath();
        fpw = Installation.here(here);
        local = Files.createDirectories(here.resolve("local")).resolve("kent");
        far = Files.createDirectories(here.resolve("far")).resolve("kent");
        fpw.succeed("init", local.toString());
        fpw.succeed("init", far.toString());
        Path settings = far.resolve("force.yml");
        Files.writeString(
                settings,
                Files.readString(settings)
                        .replaceFirst("(?m)^(  warehouse: .*)$", "$1\n  tables: s3://" + S3Proxy.BUCKET + "/kent"));
    }

    @Test
    void aClusterThatLosesAnExecutorComputesTheSameReleaseInAnObjectStore() throws IOException, InterruptedException {
        fpw.succeed("nightly", "--force", local.toString(), "--date", FIRST);
        Path lib = Path.of(System.getProperty("fpw.dist")).resolve("lib");
        try (S3Proxy store = S3Proxy.start(Files.createDirectories(here.resolve("store")), SECRET_OF_STORE);
                StandaloneCluster cluster = StandaloneCluster.start(
                        Files.createDirectories(here.resolve("cluster")),
                        lib,
                        SECRET_OF_CLUSTER,
                        store.credentials())) {
            Installation distant =
                    installation(store, """
                    spark:
                      master: %s
                      host: 127.0.0.1
                      settings:
                        spark.executor.memory: 600m
                        spark.executor.cores: 1
                    """.formatted(cluster.master())).set("FPW_SPARK_SECRET", SECRET_OF_CLUSTER);
            try (Installation.Running night =
                    distant.start(cluster.home(), "nightly", "--force", far.toString(), "--date", FIRST)) {
                Optional<ProcessHandle> executor = Optional.empty();
                while (executor.isEmpty() && night.isRunning()) {
                    executor = cluster.executor();
                    Thread.sleep(50);
                }
                assertThat(executor).isPresent();
                executor.get().destroyForcibly();
                Installation.Outcome outcome = night.await();
                assertThat(outcome.exitCode()).as("%s", outcome).isZero();
            }
            assertThat(digests(distant, far)).isEqualTo(digests(fpw, local));
            assertThat(queues(far)).isEqualTo(queues(local)).isNotEmpty();
            assertThat(distant.succeed("verify", "--force", far.toString(), "--files")
                            .out())
                    .contains("damaged: none")
                    .doesNotContain("have no checksum");
            assertNoSecret();
        }
    }

    @Test
    void nightsInAnObjectStoreAreThoseOfAFolder() throws IOException, InterruptedException {
        for (Path force : List.of(local, far)) {
            Path list = force.resolve("drop/devices_" + FIRST + ".csv");
            Files.writeString(
                    force.resolve("drop/devices_" + SECOND + ".csv"),
                    Files.readString(list) + "DFU/6,C-105,phone,20/11/2026,,,PC 3\n");
        }
        fpw.succeed("nightly", "--force", local.toString(), "--date", FIRST);
        fpw.succeed("nightly", "--force", local.toString(), "--date", SECOND);
        try (S3Proxy store = S3Proxy.start(Files.createDirectories(here.resolve("store")), SECRET_OF_STORE)) {
            Installation distant = installation(store, "");
            assertThat(distant.succeed("check", "--force", far.toString(), "--quick")
                            .out())
                    .contains("The tables are in s3://fpw-tables/kent at http://127.0.0.1:");
            try (Installation.Running killed =
                    distant.start(null, "nightly", "--force", far.toString(), "--date", FIRST)) {
                Path marts = store.objects().resolve(S3Proxy.BUCKET + "/kent/data");
                while (killed.isRunning() && !isWritten(marts, "/mart/")) {
                    Thread.sleep(50);
                }
            }
            distant.succeed("nightly", "--force", far.toString(), "--date", FIRST);
            distant.succeed("nightly", "--force", far.toString(), "--date", SECOND);
            assertThat(digests(distant, far)).isEqualTo(digests(fpw, local)).hasSize(2);

            // What is read of a release is read from copies, which can be made again.
            deleteCopies();
            assertThat(distant.succeed("export", "--force", far.toString(), "--release", SECOND + ".1")
                            .out())
                    .contains("Release 2026-11-24.1 is in ");
            distant.succeed("report", "--force", far.toString());
            assertThat(queues(far)).isEqualTo(queues(local)).isNotEmpty();

            Path damaged = files(store.objects().resolve(S3Proxy.BUCKET + "/kent/data")).stream()
                    .filter(file -> file.toString().contains("/mart/queue_daily/data/"))
                    .findFirst()
                    .orElseThrow();
            byte[] whole = Files.readAllBytes(damaged);
            Files.delete(damaged);
            Installation.Outcome verified = distant.run("verify", "--force", far.toString(), "--files");
            assertThat(verified.exitCode()).as("%s", verified).isEqualTo(10);
            assertThat(verified.toString()).contains("it is missing: s3://fpw-tables/kent/data/");
            Files.write(damaged, whole);

            distant.succeed("withdraw", "release", "--force", far.toString(), "--reason", "a test", SECOND + ".1");
            fpw.succeed("withdraw", "release", "--force", local.toString(), "--reason", "a test", SECOND + ".1");
            assertThat(queues(far)).isEqualTo(queues(local));
            String load = distant.succeed("status", "--force", far.toString())
                    .out()
                    .replaceFirst("(?s).* load (2026-11-24[.][0-9a-f]+).*", "$1");
            distant.succeed("withdraw", "load", "--force", far.toString(), "--reason", "a test", load);

            for (String command : List.of("relocate", "rekey")) {
                Installation.Outcome refused = distant.run(command, "--force", far.toString());
                assertThat(refused.exitCode()).as("%s", refused).isEqualTo(2);
                assertThat(refused.err())
                        .contains("the tables of this warehouse are in s3://fpw-tables/kent, for which there is no fpw "
                                + command + " yet; nothing was changed.");
            }
            assertNoSecret();
        }
    }

    private Installation installation(S3Proxy store, String further) throws IOException {
        Installation distant = Installation.in(Files.createDirectories(here.resolve("distant")))
                .set(
                        "FPW_INSTALLATION",
                        store.installation(here.resolve("installation.yml"), further)
                                .toString());
        store.credentials().forEach(distant::set);
        return distant;
    }

    private static List<String> digests(Installation installation, Path force) {
        return Installation.rows(installation.succeed("releases", "--force", force.toString(), "--format", "json"))
                .stream()
                .map(release -> release.get("digest").asText())
                .toList();
    }

    private List<String> queues(Path force) {
        return fpw
                .query(force, "select queue, day, waiting_count from mart.queue_daily where is_total order by all")
                .stream()
                .map(Object::toString)
                .toList();
    }

    private void deleteCopies() throws IOException {
        for (Path file : files(far.resolveSibling("var/kent/data"))) {
            Files.delete(file);
        }
    }

    /** Nothing that a process has written contains a secret, or is an unfinished copy. */
    private void assertNoSecret() throws IOException {
        List<Path> written = new ArrayList<>(files(far.resolveSibling("var/kent")));
        if (Files.isDirectory(here.resolve("cluster"))) {
            written.addAll(files(here.resolve("cluster")));
        }
        for (Path file : written) {
            if (file.endsWith("cluster.conf")) {
                continue;
            }
            assertThat(file.toString()).doesNotEndWith(".part");
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as("%s", file)
                    .doesNotContain(SECRET_OF_STORE, SECRET_OF_CLUSTER);
        }
    }

    private static boolean isWritten(Path top, String part) throws IOException {
        try {
            return Files.isDirectory(top)
                    && files(top).stream().anyMatch(file -> file.toString().contains(part));
        } catch (UncheckedIOException changedMeanwhile) {
            return false;
        }
    }

    private static List<Path> files(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
