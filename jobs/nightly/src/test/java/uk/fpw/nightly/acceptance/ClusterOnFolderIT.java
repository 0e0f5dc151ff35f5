package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night whose candidate a Spark cluster computes, with its tables in a folder that all of it sees. */
@Tag("thorough")
class ClusterOnFolderIT {

    private static final String SECRET = "a-secret-that-every-part-of-it-knows";

    @TempDir
    private static Path folder;

    @Test
    void aClusterThatLosesAnExecutorComputesTheSameReleaseInAFolder() throws IOException, InterruptedException {
        Installation fpw = Installation.here(folder);
        Path local = folder.resolve("local/kent");
        Path shared = folder.resolve("shared/kent");
        for (Path force : List.of(local, shared)) {
            Files.createDirectories(force.resolveSibling(""));
            fpw.succeed("init", force.toString());
        }
        fpw.succeed("nightly", "--force", local.toString(), "--date", "2026-11-23");
        try (StandaloneCluster cluster = StandaloneCluster.ofThisUser(
                Files.createDirectories(folder.resolve("cluster")),
                Path.of(System.getProperty("fpw.dist")).resolve("lib"),
                SECRET)) {
            Path file = Files.writeString(folder.resolve("installation.yml"), cluster.settings());
            S3Proxy.closeToWriters(file);
            Installation withCluster = Installation.in(Files.createDirectories(folder.resolve("with-cluster")))
                    .set("FPW_INSTALLATION", file.toString())
                    .set("FPW_SPARK_SECRET", SECRET);
            try (Installation.Running night = withCluster.start(
                    cluster.home(), "nightly", "--force", shared.toString(), "--date", "2026-11-23")) {
                List<StandaloneCluster.Executor> executors = List.of();
                while (executors.isEmpty() && night.isRunning()) {
                    executors = cluster.executors();
                    Thread.sleep(50);
                }
                assertThat(executors).isNotEmpty();
                executors.get(0).handle().destroyForcibly();
                Installation.Outcome outcome = night.await();
                assertThat(outcome.exitCode()).as("%s", outcome).isZero();
            }
        }
        assertThat(ObjectStoreForces.digests(fpw, shared)).isEqualTo(ObjectStoreForces.digests(fpw, local));
    }
}
