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

    /** A value of a row that no log may show. */
    private static final String DEVICE = "a-device-that-no-log-shows";

    /** A rule that fails in an executor, at a row whose value Spark would quote. */
    private static final String POISON = """
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
        Path local = forces.local();
        Path far = forces.far();
        for (Path force : List.of(local, far)) {
            Path feed = force.resolve("feeds/devices.yml");
            Files.writeString(
                    feed,
                    Files.readString(feed)
                            .replace("[computer, phone, tablet]", "[computer, phone, tablet, " + DEVICE + "]"));
        }
        forces.addDevice(ObjectStoreForces.FIRST, "DFU/6,C-105," + DEVICE + ",20/11/2026,,,PC 3");
        forces.fpw().succeed("nightly", "--force", local.toString(), "--date", ObjectStoreForces.FIRST);

        Path lib = Path.of(System.getProperty("fpw.dist")).resolve("lib");
        try (S3Proxy store = S3Proxy.start(
                        Files.createDirectories(folder.resolve("store")), ObjectStoreForces.SECRET_OF_STORE);
                StandaloneCluster cluster = StandaloneCluster.start(
                        Files.createDirectories(folder.resolve("cluster")), lib, SECRET, store.credentials())) {
            System.out.println(cluster.describe());
            Installation distant = forces.distant(store.settings(), store.credentials(), cluster.settings())
                    .set("FPW_SPARK_SECRET", SECRET)
                    .set("SPARK_HOME", cluster.home().toString());

            // first a rule at which Spark fails, then the night again
            Path rules = far.resolve("rules/devices.yml");
            String right = Files.readString(rules);
            Files.writeString(rules, right + POISON);
            Installation.Outcome poisoned =
                    distant.run("nightly", "--force", far.toString(), "--date", ObjectStoreForces.FIRST);
            assertThat(poisoned.exitCode()).as("%s", poisoned).isNotZero();
            assertThat(poisoned.out() + poisoned.err()).contains("ODD_TYPE").doesNotContain(SECRET, DEVICE);
            assertThat(cluster.written())
                    .as("an executor wrote the message, without the value")
                    .anyMatch(file -> read(file).contains("CAST_INVALID_INPUT"));

            Files.writeString(rules, right);
            try (Installation.Running night = distant.start(
                    cluster.home(), "nightly", "--force", far.toString(), "--date", ObjectStoreForces.FIRST)) {
                assertThat(cluster.killExecutorInMidStage(night))
                        .as("an executor was killed")
                        .isTrue();
                Installation.Outcome outcome = night.await();
                assertThat(outcome.exitCode()).as("%s", outcome).isZero();
                assertThat(outcome.out()).doesNotContain(SECRET, ObjectStoreForces.SECRET_OF_STORE);
            }
            Installation here = distant.here();
            assertThat(ObjectStoreForces.digests(here, far))
                    .isEqualTo(ObjectStoreForces.digests(forces.fpw(), local))
                    .hasSize(1);
            assertThat(forces.queues(far)).isEqualTo(forces.queues(local)).isNotEmpty();
            assertThat(forces.fpw()
                            .query(
                                    far,
                                    "select item_key from core.event where cast(attributes as varchar) like '%" + DEVICE
                                            + "%'"))
                    .isNotEmpty();
            assertThat(here.succeed("status", "--force", far.toString()).out())
                    .contains("Spark computes on the cluster spark://127.0.0.1:");
            forces.assertWrittenWithout(cluster.written(), SECRET, ObjectStoreForces.SECRET_OF_STORE);
            for (Path log : cluster.written()) {
                assertThat(read(log)).as("%s", log).doesNotContain(DEVICE);
            }
        }
        // other files of a run name the values that the feed declares
        for (Path log : ObjectStoreForces.files(forces.farWarehouse().resolve("runs"))) {
            if (log.toString().endsWith(".log")) {
                assertThat(read(log)).as("%s", log).doesNotContain(DEVICE);
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
