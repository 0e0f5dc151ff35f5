package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nights whose object store or cluster fails: {@code store-outages.sh} next to the sources runs them. Each ends with
 * the release of a force in a folder, and prints how.
 *
 * <p>{@code -Dfpw.kill.seed} repeats the moments of a run, {@code -Dfpw.store.kills} is the number of killed nights.
 */
class ObjectStoreTrials {

    private static final String SECRET_OF_CLUSTER = "a-secret-that-every-part-of-it-knows";
    private static final String DATE = ObjectStoreForces.FIRST;
    private static final Duration OUTAGE = Duration.ofSeconds(20);
    private static final String DRIVER = "uk.fpw.metrics.MetricsMain";
    private static final int UNAVAILABLE = 4;

    @TempDir
    private Path folder;

    private ObjectStoreForces forces;
    private List<String> expected;

    @BeforeEach
    void releaseInAFolder() throws IOException {
        forces = ObjectStoreForces.in(folder);
        forces.fpw().succeed("nightly", "--force", forces.local().toString(), "--date", DATE);
        expected = ObjectStoreForces.digests(forces.fpw(), forces.local());
    }

    @Test
    void aNightPassesAnOutageOfTwentySeconds() throws Exception {
        try (S3Proxy store = store();
                StoreRelay relay = new StoreRelay(store.port())) {
            Installation distant = forces.distant(S3Proxy.settings(relay.port()), store.credentials(), "");
            try (Installation.Running night = start(distant)) {
                for (String part : List.of("/raw/", "/mart/")) {
                    awaitObject(store, part, night);
                    relay.refuse();
                    Thread.sleep(OUTAGE.toMillis());
                    relay.answer();
                }
                Installation.Outcome outcome = night.await();
                assertThat(outcome.exitCode()).as("%s", outcome).isZero();
                assertThat(relay.refused()).isPositive();
                report(
                        distant,
                        "503 for 20 s while the feeds were loaded and again while Spark computed: " + relay.refused()
                                + " requests refused, exit code 0 after "
                                + outcome.took().toSeconds() + " s");
            }
        }
    }

    @Test
    void aNightWhoseStoreStaysAwayFailsAndTheNextOneIsWhole() throws Exception {
        try (S3Proxy store = store();
                StoreRelay relay = new StoreRelay(store.port())) {
            Installation distant = forces.distant(S3Proxy.settings(relay.port()), store.credentials(), "");
            try (Installation.Running night = start(distant)) {
                awaitObject(store, "/mart/", night);
                relay.refuse();
                Installation.Outcome outcome = night.await();
                assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(UNAVAILABLE);
                System.out.println("503 for good while Spark computed: exit code 4 after "
                        + outcome.took().toSeconds() + " s:\n" + outcome.err().strip());
            }
            Installation.Outcome without =
                    distant.run("nightly", "--force", forces.far().toString(), "--date", DATE);
            assertThat(without.exitCode()).as("%s", without).isEqualTo(UNAVAILABLE);
            System.out.println("503 before the night: exit code 4 after "
                    + without.took().toSeconds() + " s:\n" + without.err().strip());
            relay.answer();
            again(distant, "the store answers again");
        }
    }

    @Test
    void aNightWhoseDriverIsKilledFailsAndTheNextOneIsWhole() throws Exception {
        try (S3Proxy store = store();
                StandaloneCluster cluster = cluster(store)) {
            Installation distant = onCluster(store, cluster);
            try (Installation.Running night = start(distant)) {
                awaitObject(store, "/mart/", night);
                List<ProcessHandle> drivers = night.handle()
                        .descendants()
                        .filter(process -> commandLine(process).contains(DRIVER))
                        .toList();
                assertThat(drivers).isNotEmpty();
                drivers.forEach(ProcessHandle::destroyForcibly);
                Installation.Outcome outcome = night.await();
                assertThat(outcome.exitCode()).as("%s", outcome).isNotZero();
                System.out.println("Driver killed while it computed: exit code " + outcome.exitCode() + " after "
                        + outcome.took().toSeconds() + " s:\n" + outcome.err().strip());
            }
            again(distant, "driver killed, run again");
        }
    }

    @Test
    void aNightThatLosesAWorkerForGoodIsComputedByTheOther() throws Exception {
        try (S3Proxy store = store();
                StandaloneCluster cluster = cluster(store)) {
            Installation distant = onCluster(store, cluster);
            try (Installation.Running night = start(distant)) {
                awaitObject(store, "/mart/", night);
                cluster.killWorker();
                Installation.Outcome outcome = night.await();
                assertThat(outcome.exitCode()).as("%s", outcome).isZero();
                report(
                        distant,
                        "One of two workers killed for good while Spark computed: exit code 0 after "
                                + outcome.took().toSeconds() + " s");
            }
        }
    }

    @Test
    void killedNightsRunAgainGiveTheSameRelease() throws Exception {
        long seed = Long.getLong("fpw.kill.seed", System.nanoTime());
        System.out.println("Kill moments from seed " + seed + " (-Dfpw.kill.seed=" + seed + " repeats them)");
        Random random = new Random(seed);
        try (S3Proxy store = store()) {
            Installation distant = forces.distant(store.settings(), store.credentials(), "");
            for (int kill = 1; kill <= Integer.getInteger("fpw.store.kills", 5); kill++) {
                int millis = random.nextInt(2_000, 40_000);
                try (Installation.Running night = start(distant)) {
                    Thread.sleep(millis);
                    String moment = night.progress().isEmpty()
                            ? "it had begun"
                            : night.progress().get(night.progress().size() - 1).strip();
                    System.out.println("Kill " + kill + ": " + (night.isRunning() ? "" : "too late, ") + millis
                            + " ms after the start, after: " + moment);
                }
            }
            again(distant, "all processes killed");
            assertThat(distant.succeed("verify", "--force", forces.far().toString(), "--files")
                            .out())
                    .contains("damaged: none");
        }
    }

    /** New objects are listed after that time: some of those of a night, or none of both. */
    @ParameterizedTest
    @ValueSource(ints = {20, 3_600})
    void nightsOverAListingThatLagsAreThoseOfAFolder(int seconds) throws Exception {
        String second = ObjectStoreForces.SECOND;
        forces.addDevice(second, "DFU/6,C-105,phone,20/11/2026,,,PC 3");
        LaggingListing listing = new LaggingListing(Duration.ofSeconds(seconds));
        try (S3Proxy store = store();
                StoreRelay relay = new StoreRelay(store.port(), listing)) {
            Installation distant = forces.distant(S3Proxy.settings(relay.port()), store.credentials(), "");
            try (Installation.Running night = start(distant)) {
                awaitObject(store, "/mart/", night);
            }
            again(distant, "all processes killed, objects listed after " + seconds + " s");
            forces.fpw().succeed("nightly", "--force", forces.local().toString(), "--date", second);
            expected = ObjectStoreForces.digests(forces.fpw(), forces.local());
            Installation.Outcome outcome =
                    distant.succeed("nightly", "--force", forces.far().toString(), "--date", second);
            report(
                    distant,
                    "the next night: exit code 0 after " + outcome.took().toSeconds() + " s, left out of lists "
                            + listing.hidden() + " times");
            assertThat(listing.hidden()).isPositive();
            assertThat(distant.succeed("verify", "--force", forces.far().toString(), "--files")
                            .out())
                    .contains("damaged: none");
        }
    }

    private Installation.Running start(Installation distant) {
        return distant.start(null, "nightly", "--force", forces.far().toString(), "--date", DATE);
    }

    private void again(Installation distant, String why) {
        Installation.Outcome outcome =
                distant.succeed("nightly", "--force", forces.far().toString(), "--date", DATE);
        report(distant, why + ": exit code 0 after " + outcome.took().toSeconds() + " s");
    }

    private void report(Installation distant, String what) {
        List<String> digests = ObjectStoreForces.digests(distant, forces.far());
        assertThat(digests).isNotEmpty().isEqualTo(expected);
        System.out.println(what + "; digest as in a folder: " + digests.get(0));
    }

    private S3Proxy store() throws IOException, InterruptedException {
        return S3Proxy.start(Files.createDirectories(folder.resolve("store")), ObjectStoreForces.SECRET_OF_STORE);
    }

    private StandaloneCluster cluster(S3Proxy store) throws IOException, InterruptedException {
        StandaloneCluster cluster = StandaloneCluster.start(
                Files.createDirectories(folder.resolve("cluster")),
                Path.of(System.getProperty("fpw.dist")).resolve("lib"),
                SECRET_OF_CLUSTER,
                store.credentials());
        System.out.println(cluster.describe());
        return cluster;
    }

    private Installation onCluster(S3Proxy store, StandaloneCluster cluster) throws IOException {
        return forces.distant(store.settings(), store.credentials(), cluster.settings())
                .set("FPW_SPARK_SECRET", SECRET_OF_CLUSTER)
                .set("SPARK_HOME", cluster.home().toString());
    }

    /** Empty if it has ended. {@link ProcessHandle} does not tell the arguments of a command line of several KB. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException ended) {
            return "";
        }
    }

    private static void awaitObject(S3Proxy store, String part, Installation.Running night)
            throws InterruptedException {
        Path data = store.objects().resolve(S3Proxy.BUCKET + "/kent/data");
        while (night.isRunning() && !isWritten(data, part)) {
            Thread.sleep(50);
        }
        if (!night.isRunning()) {
            throw new AssertionError("the night ended before it wrote " + part + ": " + night.await());
        }
    }

    private static boolean isWritten(Path top, String part) {
        try {
            return Files.isDirectory(top)
                    && ObjectStoreForces.files(top).stream()
                            .anyMatch(file -> file.toString().contains(part));
        } catch (IOException | UncheckedIOException changedMeanwhile) {
            return false;
        }
    }
}
