package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night whose candidate a Spark cluster computes, with its tables in an object store. */
@Tag("thorough")
@Tag("engines")
class ClusterIT {

    private static final String SECRET = "a-secret-that-every-part-of-it-knows";

    /** Values of rows that no log may show: of the night that succeeds, and of the one that fails. */
    private static final String DEVICE = "qz-canar";

    private static final String ODD_DEVICE = "a-device-that-no-log-shows";

    /** A rule that fails in an executor, at a row whose value Spark would quote. */
    private static final String RULE = """
          - code: ODD_TYPE
            severity: exclude
            expression: length(device_type) < 9 or cast(device_type as int) > 0
            message: "odd type"
        """;

    @TempDir
    private static Path folder;

    @Test
    void aClusterThatLosesAnExecutorComputesTheSameReleaseInAnObjectStore() throws IOException, InterruptedException {
        ObjectStoreForces forces = ObjectStoreForces.in(folder);
        Path far = forces.far();
        for (Path force : List.of(forces.local(), far)) {
            Path feed = force.resolve("feeds/devices.yml");
            Files.writeString(
                    feed,
                    Files.readString(feed)
                            .replace(
                                    "[computer, phone, tablet]",
                                    "[computer, phone, tablet, " + DEVICE + ", " + ODD_DEVICE + "]"));
            Path rules = force.resolve("rules/devices.yml");
            Files.writeString(rules, Files.readString(rules) + RULE);
        }
        forces.addDevice(ObjectStoreForces.FIRST, "DFU/6,C-105," + DEVICE + ",20/11/2026,,,PC 3");
        forces.addDevice(ObjectStoreForces.SECOND, "DFU/7,C-106," + ODD_DEVICE + ",20/11/2026,,,PC 4");
        forces.fpw().succeed("nightly", "--force", forces.local().toString(), "--date", ObjectStoreForces.FIRST);

        Path lib = Path.of(System.getProperty("fpw.dist")).resolve("lib");
        try (S3Proxy store = S3Proxy.start(
                        Files.createDirectories(folder.resolve("store")), ObjectStoreForces.SECRET_OF_STORE);
                StandaloneCluster cluster = StandaloneCluster.start(
                        Files.createDirectories(folder.resolve("cluster")), lib, SECRET, store.credentials())) {
            System.out.println(cluster.describe());
            Installation distant = forces.distant(store.settings(), store.credentials(), cluster.settings())
                    .set("FPW_SPARK_SECRET", SECRET);
            try (Installation.Running nights = distant.start(
                    cluster.home(),
                    "nightly",
                    "--force",
                    far.toString(),
                    "--from",
                    ObjectStoreForces.FIRST,
                    "--to",
                    ObjectStoreForces.SECOND)) {
                assertThat(cluster.killExecutorInMidStage(nights))
                        .as("an executor was killed while it wrote")
                        .isTrue();
                Installation.Outcome outcome = nights.await();
                assertThat(outcome.exitCode()).as("%s", outcome).isNotZero();
                assertThat(outcome.out() + outcome.err())
                        .contains("ODD_TYPE")
                        .doesNotContain(SECRET, ObjectStoreForces.SECRET_OF_STORE, DEVICE, ODD_DEVICE);
            }
            assertThat(ObjectStoreForces.digests(forces.fpw(), far))
                    .isEqualTo(ObjectStoreForces.digests(forces.fpw(), forces.local()))
                    .hasSize(1);
            assertThat(forces.queues(far))
                    .isEqualTo(forces.queues(forces.local()))
                    .isNotEmpty();
            assertThat(forces.fpw()
                            .query(
                                    far,
                                    "select item_key from core.event where cast(attributes as varchar) like '%" + DEVICE
                                            + "%'"))
                    .isNotEmpty();
            assertThat(cluster.written())
                    .as("an executor wrote the message, without the value")
                    .anyMatch(file -> read(file).contains("CAST_INVALID_INPUT"));
            forces.assertWrittenWithout(cluster.written(), SECRET, ObjectStoreForces.SECRET_OF_STORE);
            for (Path log : cluster.written()) {
                assertThat(read(log)).as("%s", log).doesNotContain(DEVICE, ODD_DEVICE);
            }
        }
        // other files of a run name the values that the feed declares
        for (Path log : ObjectStoreForces.files(forces.farWarehouse().resolve("runs"))) {
            if (log.toString().endsWith(".log")) {
                assertThat(read(log)).as("%s", log).doesNotContain(DEVICE, ODD_DEVICE);
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
