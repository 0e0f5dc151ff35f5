package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose tables are in an object store. */
@Tag("thorough")
class ObjectStoreIT {

    private static final String FIRST = ObjectStoreForces.FIRST;
    private static final String QUEUES =
            "select queue, day, waiting_count from mart.queue_daily where is_total order by all";
    private static final String SECOND = ObjectStoreForces.SECOND;

    @TempDir
    private Path folder;

    @Test
    void nightsInAnObjectStoreAreThoseOfAFolder() throws IOException, InterruptedException {
        ObjectStoreForces forces = ObjectStoreForces.in(folder);
        Installation fpw = forces.fpw();
        Path local = forces.local();
        Path far = forces.far();
        forces.addDevice(SECOND, "DFU/6,C-105,phone,20/11/2026,,,PC 3");
        fpw.succeed("nightly", "--force", local.toString(), "--date", FIRST);
        fpw.succeed("nightly", "--force", local.toString(), "--date", SECOND);
        try (S3Proxy store =
                S3Proxy.start(Files.createDirectories(folder.resolve("store")), ObjectStoreForces.SECRET_OF_STORE)) {
            Installation distant = forces.distant(store.settings(), store.credentials(), "");
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
            assertThat(ObjectStoreForces.digests(distant, far))
                    .isEqualTo(ObjectStoreForces.digests(fpw, local))
                    .hasSize(2);

            deleteCopies(forces);
            assertThat(distant.query(far, QUEUES)).isEqualTo(fpw.query(local, QUEUES));
            deleteCopies(forces);
            distant.succeed("report", "--force", far.toString());
            deleteCopies(forces);
            assertThat(distant.succeed("export", "--force", far.toString(), SECOND + ".1")
                            .out())
                    .contains("Release 2026-11-24.1 is in ");
            assertThat(forces.queues(far)).isEqualTo(forces.queues(local)).isNotEmpty();

            assertThat(served(distant, far, "/v1/namespaces/mart/tables/queue_daily"))
                    .contains("\"location\":\"s3://fpw-tables/kent/data/", "\"main\":{");

            Path damaged = ObjectStoreForces.files(store.objects().resolve(S3Proxy.BUCKET + "/kent/data")).stream()
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
            assertThat(forces.queues(far)).isEqualTo(forces.queues(local));
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
            forces.assertWrittenWithout(List.of(), ObjectStoreForces.SECRET_OF_STORE);
        }
    }

    private static void deleteCopies(ObjectStoreForces forces) throws IOException {
        for (Path copy : ObjectStoreForces.files(forces.farWarehouse().resolve("data"))) {
            Files.delete(copy);
        }
    }

    /** What the catalog responds to a request. */
    private static String served(Installation distant, Path force, String path)
            throws IOException, InterruptedException {
        Pattern address = Pattern.compile("http://[^,\\s]+");
        try (Installation.Running catalog =
                distant.start(null, "catalog", "--force", force.toString(), "--port", "0")) {
            Matcher said = address.matcher(catalog.said());
            while (!said.find() && catalog.isRunning()) {
                Thread.sleep(50);
                said = address.matcher(catalog.said());
            }
            said.reset();
            assertThat(said.find()).as("%s", catalog.said()).isTrue();
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(said.group() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static boolean isWritten(Path top, String part) throws IOException {
        try {
            return Files.isDirectory(top)
                    && ObjectStoreForces.files(top).stream()
                            .anyMatch(file -> file.toString().contains(part));
        } catch (UncheckedIOException changedMeanwhile) {
            return false;
        }
    }
}
