package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Two forces that {@code fpw init} made: one with its tables in its folder, the other with them in an object store.
 * Their releases must be the same.
 */
final class ObjectStoreForces {

    /** The dates of their nights. */
    static final String FIRST = "2026-11-23";

    /** The date after {@link #FIRST}. */
    static final String SECOND = "2026-11-24";

    /** The secret of the credentials. */
    static final String SECRET_OF_STORE = "a-secret-of-the-store-that-nobody-writes-down";

    /** Where the tables of the distant force are. */
    static final String TABLES = "s3://" + S3Proxy.BUCKET + "/kent";

    private final Path here;
    private final Installation fpw;

    private ObjectStoreForces(Path here, Installation fpw) {
        this.here = here;
        this.fpw = fpw;
    }

    /** Makes them in a folder. */
    static ObjectStoreForces in(Path folder) throws IOException {
        Path here = folder.toRealPath();
        ObjectStoreForces forces = new ObjectStoreForces(here, Installation.here(here));
        for (Path force : List.of(forces.local(), forces.far())) {
            Files.createDirectories(force.resolveSibling(""));
            forces.fpw.succeed("init", force.toString());
        }
        Path settings = forces.far().resolve("force.yml");
        Files.writeString(
                settings,
                Files.readString(settings).replaceFirst("(?m)^(  warehouse: .*)$", "$1\n  tables: " + TABLES));
        return forces;
    }

    /** The programs for the force in its folder. */
    Installation fpw() {
        return fpw;
    }

    /** The force with its tables in its folder. */
    Path local() {
        return here.resolve("local/kent");
    }

    /** The force with its tables in the object store. */
    Path far() {
        return here.resolve("far/kent");
    }

    /** The folder of the warehouse of {@link #far}. */
    Path farWarehouse() {
        return far().resolveSibling("var/kent");
    }

    /** Appends a row to the list of devices of a date, in both forces, which begins as that of {@link #FIRST}. */
    void addDevice(String date, String row) throws IOException {
        for (Path force : List.of(local(), far())) {
            Path list = force.resolve("drop/devices_" + date + ".csv");
            String rows = Files.readString(Files.exists(list) ? list : force.resolve("drop/devices_" + FIRST + ".csv"));
            Files.writeString(list, rows + row + "\n");
        }
    }

    /**
     * The programs, each a process of its own, with the settings and credentials of an object store.
     *
     * @param settings of the store
     * @param credentials variables with its credentials
     * @param further further settings of the installation
     */
    Installation distant(String settings, Map<String, String> credentials, String further) throws IOException {
        Path file = here.resolve("installation.yml");
        Files.writeString(file, settings + further);
        S3Proxy.closeToWriters(file);
        Installation distant = Installation.in(Files.createDirectories(here.resolve("distant")))
                .set("FPW_INSTALLATION", file.toString());
        credentials.forEach(distant::set);
        return distant;
    }

    /** The digests of the releases of a force. */
    static List<String> digests(Installation installation, Path force) {
        return Installation.rows(installation.succeed("releases", "--force", force.toString(), "--format", "json"))
                .stream()
                .map(release -> release.get("digest").asText())
                .toList();
    }

    /** What is waiting in each queue on each day of the current release. */
    List<String> queues(Path force) {
        return fpw
                .query(force, "select queue, day, waiting_count from mart.queue_daily where is_total order by all")
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** Nothing in these files or in the distant warehouse has one of the words, or is an unfinished copy. */
    void assertWrittenWithout(List<Path> furtherFiles, String... words) throws IOException {
        List<Path> written = new ArrayList<>(files(farWarehouse()));
        written.addAll(furtherFiles);
        for (Path file : written) {
            assertThat(file.toString()).doesNotEndWith(".part");
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as("%s", file)
                    .doesNotContain(words);
        }
    }

    /** The files below a folder. */
    static List<Path> files(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
