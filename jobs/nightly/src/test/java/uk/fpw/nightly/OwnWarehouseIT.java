package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.run.MigratedWarehouse;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.force.Force;

/**
 * A warehouse, its copies and its neighbours, handled with an operator's commands. Only loads, so that no Spark process
 * is needed.
 */
class OwnWarehouseIT {

    private static final Map<String, String> ENVIRONMENT = Map.of("FPW_PSEUDONYM_KEY", "00112233".repeat(8));

    private static final String HOW_TO_TRUST =
            "and such a file can contain code that runs when it is opened. It was not opened. If "
                    + "it came with a force folder from elsewhere, delete it. If it is your own (restored, copied, "
                    + "moved, or created by an earlier version of fpw), confirm it once: fpw trust\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path kent;

    @SuppressWarnings("NullAway.Init")
    private Path warehouse;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void oneLoad() throws IOException {
        folder = folder.toRealPath();
        kent = folder.resolve("forces/kent");
        warehouse = folder.resolve("forces/var/kent");
        succeed("init", "forces/kent");
        Path drop = kent.resolve("drop");
        Files.copy(drop.resolve("devices_2026-11-23.csv"), drop.resolve("devices_2026-11-24.csv"));
        MigratedWarehouse.in(warehouse);
        succeed("ingest", "devices", "--force", kent.toString(), "--date", "2026-11-23");
    }

    @Tag("thorough")
    @Test
    void copiedForceFolderWritesNothingIntoTheWarehouseOfTheFirstUntilItIsAdopted() throws IOException {
        Path copy = copy(kent, folder.resolve("forces/kent-copy"));
        Map<String, Long> before = files(warehouse);

        assertThat(refused("ingest", "devices", "--force", copy.toString(), "--date", "2026-11-24"))
                .isEqualTo("fpw: the warehouse " + warehouse + " was last written by force folder " + kent
                        + ", and this is " + copy
                        + ". Nothing was written. If this folder is a copy, its force.yml "
                        + "still refers to the warehouse of the original: set a "
                        + "separate one (storage.warehouse). If this folder is to write to the warehouse "
                        + "from now on, run once with --adopt-folder\n");
        assertThat(files(warehouse)).isEqualTo(before);
        succeed("status", "--force", copy.toString());
        assertThat(text(err)).isEmpty();

        succeed("ingest", "devices", "--force", copy.toString(), "--date", "2026-11-24", "--adopt-folder");
        succeed("ingest", "devices", "--force", copy.toString(), "--date", "2026-11-24");
        refused("ingest", "devices", "--force", kent.toString(), "--date", "2026-11-24");
    }

    @Test
    void folderOfSomebodyElseDoesNotBecomeAWarehouse() throws IOException {
        Path other = copy(kent, folder.resolve("elsewhere/kent"));
        Path home = Files.createDirectories(folder.resolve("elsewhere/var/kent"));
        Files.writeString(home.resolve("passwd"), "root");
        Files.createDirectory(home.resolve("ssl"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));

        String message =
                "fpw: the folder " + home + " is not a warehouse (it has no warehouse.json), and not empty: it "
                        + "contains passwd, ssl. Nothing was written. Set an empty folder, or one that does not exist "
                        + "yet (force.yml: storage.warehouse)\n";
        assertThat(refused("ingest", "devices", "--force", other.toString(), "--date", "2026-11-23"))
                .isEqualTo(message);
        assertThat(refused("check", "--quick", "--force", other.toString())).endsWith(message);
        assertThat(files(home).keySet()).hasSize(1);
        assertThat(Files.getPosixFilePermissions(home)).isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));

        Files.delete(home.resolve("passwd"));
        Files.delete(home.resolve("ssl"));
        Files.createDirectory(home.resolve("lost+found"));
        Files.createDirectories(home.resolve("runs/killed")); // a first run that was killed before its identity
        succeed("ingest", "devices", "--force", other.toString(), "--date", "2026-11-23");
    }

    @Test
    void lostDatabaseIsNotReplacedByAnEmptyOne() throws IOException {
        String id = id(warehouse);
        Files.delete(warehouse.resolve("fpw.mv.db"));
        Map<String, Long> before = files(warehouse);

        String message = "fpw: the database " + warehouse.resolve("fpw.mv.db")
                + " is missing, but its folder contains warehouse " + id
                + " (force kent): a new database would have no record of them. Nothing was written. "
                + "Restore database and folder from the same backup, or set an empty folder for the "
                + "force (force.yml: storage.warehouse)\n";
        assertThat(refused("ingest", "devices", "--force", kent.toString(), "--date", "2026-11-24"))
                .isEqualTo(message);
        for (String command : new String[] {"status", "releases", "rejections", "trust"}) {
            assertThat(refused(command, "--force", kent.toString())).as(command).isEqualTo(message);
        }
        assertThat(files(warehouse)).isEqualTo(before);
    }

    @Tag("thorough")
    @Test
    void databaseOfAnotherWarehouseOverTheFolderIsRefusedAndReadersAreWarned() throws IOException {
        Path other = copy(kent, folder.resolve("elsewhere/kent"));
        MigratedWarehouse.in(folder.resolve("elsewhere/var/kent"));
        succeed("ingest", "devices", "--force", other.toString(), "--date", "2026-11-23");
        Path otherWarehouse = folder.resolve("elsewhere/var/kent");
        String id = id(warehouse);
        Files.copy(
                otherWarehouse.resolve("fpw.mv.db"),
                Files.createDirectories(folder.resolve("spare")).resolve("fpw.mv.db"));
        Files.delete(warehouse.resolve("fpw.mv.db"));
        Files.move(folder.resolve("spare/fpw.mv.db"), warehouse.resolve("fpw.mv.db"));
        assertThat(refused("status", "--force", kent.toString()))
                .isEqualTo("fpw: the embedded database " + warehouse.resolve("fpw.mv.db")
                        + " is not the file that was created here, " + HOW_TO_TRUST);
        succeed("trust", "--force", kent.toString());

        String message =
                "the folder " + warehouse + " is warehouse " + id + " (force kent), but the database jdbc:h2:file:"
                        + warehouse.resolve("fpw") + " belongs to warehouse " + id(otherWarehouse)
                        + " (force kent): two databases that share a folder would delete each "
                        + "other's data. Nothing was written. Set the folder and the database that "
                        + "belong together (force.yml: storage)\n";
        Map<String, Long> before = files(warehouse.resolve("data"));
        assertThat(refused("ingest", "devices", "--force", kent.toString(), "--date", "2026-11-24"))
                .isEqualTo("fpw: " + message);
        assertThat(files(warehouse.resolve("data"))).isEqualTo(before);
        for (String command : new String[] {"status", "releases"}) {
            succeed(command, "--force", kent.toString());
            assertThat(text(err)).isEqualTo("fpw: the following may belong to another warehouse: " + message);
        }
    }

    @Test
    void restoredWarehouseWorksOnAnotherPathOnceItIsRelocated() throws IOException {
        Map<String, Long> original = files(warehouse);
        Path restored = folder.resolve("srv/var/kent");
        copy(warehouse, restored);
        Path force = copy(kent, folder.resolve("srv/kent"));
        assertThat(refused("ingest", "devices", "--force", force.toString(), "--date", "2026-11-24"))
                .isEqualTo("fpw: the embedded database " + restored.resolve("fpw.mv.db") + " was not created here, "
                        + HOW_TO_TRUST);
        succeed("trust", "--force", force.toString());
        assertThat(text(out))
                .isEqualTo("The embedded database " + restored.resolve("fpw.mv.db")
                        + " may be opened by this user from now on.\n");
        succeed("trust", "--force", force.toString());
        assertThat(text(out))
                .isEqualTo("The embedded database " + restored.resolve("fpw.mv.db") + " was already trusted.\n");
        assertThat(refused("ingest", "devices", "--force", force.toString(), "--date", "2026-11-24"))
                .isEqualTo("fpw: warehouse " + id(warehouse) + " (force kent) belongs to " + warehouse
                        + ", but is used in " + restored
                        + ": it was copied, restored or moved, and the paths in its tables "
                        + "still point to the original place. Nothing was written. Run 'fpw relocate' "
                        + "for this force folder once (with --moved if nothing is left "
                        + "in the original place)\n");

        succeed("relocate", "--force", force.toString());

        assertThat(text(out))
                .isEqualTo("Warehouse " + id(restored) + " (force kent) is now in " + restored + ". It was in "
                        + warehouse + "; 1 table has new paths.\n");
        assertThat(id(restored)).isNotEqualTo(id(warehouse));
        succeed("ingest", "devices", "--force", force.toString(), "--date", "2026-11-24");
        assertThat(text(out)).contains("0 loaded, ");
        assertThat(files(warehouse)).isEqualTo(original);
        succeed("relocate", "--force", force.toString());
        assertThat(text(out))
                .isEqualTo("Warehouse " + id(restored) + " (force kent) is already in the right place, " + restored
                        + "; nothing was done.\n");
        assertThat(refused("relocate", "--force", force.toString(), "--date", "2026-11-24"))
                .contains("Unknown options: '--date'");
    }

    /** H2 follows the lock file to the process that serves the first database, whatever file it is asked to open. */
    @Tag("thorough")
    @Test
    void lockFileThatWasCopiedDoesNotLeadIntoTheDatabaseOfTheFirst() throws IOException {
        Path restored = folder.resolve("srv/var/kent");
        Path force = copy(kent, folder.resolve("srv/kent"));
        try (HikariDataSource first = WarehouseDatabase.openExisting(Force.Storage.embedded(warehouse), "")) {
            copy(warehouse, restored);
            assertThat(restored.resolve("fpw.lock.db")).exists();
            succeed("trust", "--force", force.toString());
            assertThat(refused("relocate", "--force", force.toString()))
                    .isEqualTo("fpw: the database " + restored.resolve("fpw.mv.db") + " was not opened, but "
                            + warehouse.resolve("fpw.mv.db") + ", which another process serves: "
                            + restored.resolve("fpw.lock.db")
                            + " was copied with the database and points there. Nothing "
                            + "was written. Delete it, and exclude it when copying a warehouse\n");
            assertThat(first.isRunning()).isTrue();
        }
        Files.delete(restored.resolve("fpw.lock.db"));
        succeed("relocate", "--force", force.toString());
        succeed("ingest", "devices", "--force", kent.toString(), "--date", "2026-11-24");
    }

    private static String id(Path of) throws IOException {
        return Files.readString(of.resolve("warehouse.json")).replaceAll("(?s).*\"id\" : \"([^\"]+)\".*", "$1");
    }

    private void succeed(String... arguments) {
        out.reset();
        err.reset();
        assertThat(run(arguments)).as(text(err)).isZero();
    }

    private String refused(String... arguments) {
        out.reset();
        err.reset();
        assertThat(run(arguments)).isEqualTo(2);
        return text(err);
    }

    private int run(String... arguments) {
        return FpwHere.run(FpwHere.context(ENVIRONMENT, folder, Clock.systemUTC(), out, err), arguments);
    }

    /**
     * Every file with its size and time; for the embedded database and logs, which this process has open, only that
     * they exist.
     */
    private static Map<String, Long> files(Path of) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> entries = Files.walk(of)) {
            for (Path file : entries.filter(Files::isRegularFile).toList()) {
                boolean isOpen = file.getFileName().toString().startsWith("fpw.");
                files.put(
                        of.relativize(file) + (isOpen ? "" : " " + Files.size(file)),
                        isOpen ? 0 : Files.getLastModifiedTime(file).toMillis());
            }
        }
        return files;
    }

    private static Path copy(Path source, Path target) throws IOException {
        try (Stream<Path> entries = Files.walk(source)) {
            for (Path entry : entries.toList()) {
                Files.createDirectories(target.resolve(source.relativize(entry)).getParent());
                Files.copy(entry, target.resolve(source.relativize(entry)));
            }
        }
        return target;
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
