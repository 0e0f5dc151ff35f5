package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.files.LocalStorage;
import uk.fpw.warehouse.store.release.ReleaseFiles;

/** A small warehouse of four nights, in which one file at a time is damaged, and restored. */
final class DamagedWarehouse {

    static final List<String> FILES = List.of(
            "raw data",
            "raw vector",
            "raw manifest",
            "raw list",
            "raw metadata",
            "raw digests",
            "mart data",
            "mart manifest",
            "mart list",
            "mart metadata",
            "mart digests",
            "release.json",
            "pointer",
            "database");

    /** The database may also be an older one, which H2 may open in a truncated file. */
    static final List<String> DAMAGES = List.of("empty", "cut", "flip", "gone", "older");

    static final List<String> COMMANDS =
            List.of("query", "export", "report", "verify", "files", "status", "ingest", "nightly", "load", "release");

    static final LocalDate LAST = KeptNights.FIRST.plusDays(3);
    static final ReleaseId CURRENT = ReleaseId.of(LAST + ".1");

    private static final LocalDate NEXT = LAST.plusDays(1);
    private static final String FEED = "devices";
    private static final String DATABASE = "fpw.mv.db";
    private static final Pattern LOAD = Pattern.compile("\\d{4}-\\d\\d-\\d\\d\\.[0-9a-f]{16}");

    private final Path folder;
    private final Installation fpw;
    private final TrialForce force;
    private final byte[] olderDatabase;
    private final Path sound;
    private final Map<String, String> figures = new HashMap<>();
    private final Map<String, Path> manifests = new HashMap<>();

    DamagedWarehouse(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        fpw = Installation.here(folder);
        force = KeptNights.inARow(fpw, Files.createDirectories(folder.resolve("trial")));
        // a relocated table has no earlier state until something is committed to it
        force.drop(LAST).writeDevices(LAST, devices(LAST));
        force.drop(NEXT).writeDevices(NEXT, devices(NEXT));
        olderDatabase = Files.readAllBytes(force.warehouse().resolve(DATABASE));
        fpw.succeed(words("nightly", "--date", LAST.toString()));
        assertThat(fpw.succeed(words("verify", "--files")).out()).doesNotContain("have no checksum");
        try (WarehouseCatalog catalog =
                WarehouseCatalog.open(ForceFolder.read(force.folder()).storage(), "")) {
            for (String table : List.of("raw." + FEED, "mart.queue_daily")) {
                Table found = catalog.load(table);
                Snapshot head = found.currentSnapshot();
                String kind = table.substring(0, table.indexOf('.'));
                manifests.put(kind + " list", LocalStorage.file(head.manifestListLocation()));
                manifests.put(
                        kind + " manifest",
                        head.allManifests(found.io()).stream()
                                .filter(manifest -> manifest.snapshotId() == head.snapshotId())
                                .map(manifest -> LocalStorage.file(manifest.path()))
                                .findFirst()
                                .orElseThrow());
            }
        }
        sound = TestForceFolders.copy(force.warehouse(), this.folder.resolve("sound"));
    }

    /** Runs a command of this force. */
    Installation.Outcome run(String... words) {
        return fpw.run(words(words));
    }

    private String[] words(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--force", force.folder().toString()));
        return all.toArray(String[]::new);
    }

    /** One more device is examined on each of the last dates, so that there is something to load. */
    private static List<String> devices(LocalDate date) {
        List<String> lines = TrialForce.devices(date);
        lines.replaceAll(line -> line.startsWith("D0005,")
                ? line.replaceFirst(",,", "," + LAST + ",")
                : line.startsWith("D0010,") && date.equals(NEXT) ? line.replaceFirst(",,", "," + NEXT + ",") : line);
        return lines;
    }

    /**
     * How a command ends on a damaged file: its exit code, and everything that is wrong in any case: a wrong cause, a
     * changed figure, a damaged file that it does not name.
     */
    String ending(String kind, String damage, String command) throws IOException {
        Path file = file(kind);
        String[] line = line(command, file);
        if (command.equals("query") || command.equals("export")) {
            figures.computeIfAbsent(command, first -> figures(command, fpw.succeed(line)));
        }
        damage(file, damage);
        Installation.Outcome outcome = fpw.run(line);
        String ending = Integer.toString(outcome.exitCode());
        if (outcome.exitCode() == 10 && !outcome.err().contains(file.toString())) {
            ending += " without the name of the file";
        }
        if (outcome.exitCode() == 10 && !outcome.err().matches("(?s).*(backup|--release|fpw nightly).*")) {
            ending += " without a way back";
        }
        if (outcome.err().contains("probably a bug") || outcome.err().contains("password")) {
            ending += " with another cause";
        }
        if (outcome.exitCode() == 0
                && figures.containsKey(command)
                && !figures(command, outcome).equals(figures.get(command))) {
            ending += " with other figures";
        }
        putBack();
        return ending;
    }

    private String figures(String command, Installation.Outcome outcome) {
        if (command.equals("query")) {
            return outcome.out();
        }
        try (Stream<Path> files = Files.list(exports())) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.sorted().toList()) {
                all.append(file.getFileName()).append(Files.readString(file));
                Files.delete(file);
            }
            return all.toString();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path exports() {
        return folder.resolve("csv");
    }

    private String[] line(String command, Path file) {
        return switch (command) {
            case "query" -> words("query", "--format", "csv", "select queue, day, waiting_count from mart.queue_daily");
            case "export" ->
                words("export", "--format", "csv", "--to", exports().toString());
            case "files" -> words("verify", "--files");
            case "ingest" -> words("ingest", FEED, "--date", NEXT.toString());
            case "nightly" -> words("nightly", "--date", NEXT.toString());
            case "load" -> words("withdraw", "load", load(file), "--with-later", "--reason", "damaged");
            case "release" -> words("withdraw", "release", CURRENT.value(), "--reason", "damaged");
            default -> words(command);
        };
    }

    /** The load in the name of a file; for other files the latest load of the feed. */
    private String load(Path file) {
        Matcher named = LOAD.matcher(file.getFileName().toString());
        if (named.find()) {
            return named.group();
        }
        Matcher latest = Pattern.compile("(?m)^ *" + FEED + " .*load (" + LOAD + ")$")
                .matcher(fpw.succeed("status", "--force", force.folder().toString())
                        .out());
        assertThat(latest.find()).isTrue();
        return latest.group(1);
    }

    /** The files of the feed and the mart that are needed now; the first one for data. */
    Path file(String kind) throws IOException {
        WarehouseFolder warehouse = new WarehouseFolder(force.warehouse());
        return switch (kind) {
            case "raw data" -> of("raw/" + FEED + "/data/\\d+-\\d+-" + KeptNights.FIRST + "[^/]*[.]parquet");
            case "raw vector" -> of("raw/" + FEED + "/data/[^/]*[.]puffin");
            case "raw metadata" -> of("raw/" + FEED + "/metadata/[^/]*[.]metadata[.]json");
            case "raw digests" -> of("raw/" + FEED + "/metadata/[^/]*[.]digests");
            case "mart digests" -> of("mart/queue_daily/metadata/[^/]*[.]digests");
            case "mart metadata" -> of("mart/queue_daily/metadata/[^/]*[.]metadata[.]json");
            case "mart data" ->
                force.warehouse()
                        .resolve(ReleaseFiles.read(force.warehouse(), CURRENT).tables().stream()
                                .filter(table -> table.name().equals("mart.queue_daily"))
                                .map(ReleaseFile.Table::files)
                                .findFirst()
                                .orElseThrow()
                                .get(0));
            case "release.json" -> ReleaseFiles.path(force.warehouse(), CURRENT);
            case "pointer" -> warehouse.currentRelease();
            case "database" -> force.warehouse().resolve(DATABASE);
            default -> Objects.requireNonNull(manifests.get(kind), kind);
        };
    }

    /** The last file by name, which for metadata is the latest. */
    private Path of(String name) throws IOException {
        try (Stream<Path> files = Files.walk(force.warehouse().resolve("data"))) {
            return files.filter(file -> file.toString().matches(".*/" + name))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    /** Damages a file in place, so that the embedded database remains the file that this user has trusted. */
    private void damage(Path file, String damage) throws IOException {
        byte[] content = Files.readAllBytes(file);
        switch (damage) {
            case "empty" -> Files.write(file, new byte[0]);
            case "cut" -> Files.write(file, Arrays.copyOf(content, content.length / 2));
            case "older" -> Files.write(file, olderDatabase);
            case "gone" -> Files.move(file, gone(), StandardCopyOption.REPLACE_EXISTING);
            case "flip" -> {
                content[content.length / 2] ^= 4;
                Files.write(file, content);
            }
            default -> throw new IllegalArgumentException(damage);
        }
    }

    private Path gone() {
        return folder.resolve("gone");
    }

    /** Restores every changed file in place, so that the database is not a copy. */
    void putBack() throws IOException {
        Path warehouse = force.warehouse();
        Path database = warehouse.resolve(DATABASE);
        if (!Files.exists(database)) {
            Files.move(gone(), database);
        }
        Files.write(database, Files.readAllBytes(sound.resolve(DATABASE)));
        try (Stream<Path> files = Files.walk(warehouse)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!Files.exists(sound.resolve(warehouse.relativize(file)), LinkOption.NOFOLLOW_LINKS)) {
                    Files.delete(file);
                }
            }
        }
        try (Stream<Path> files = Files.walk(sound)) {
            for (Path file : files.sorted().toList()) {
                Path target = warehouse.resolve(sound.relativize(file));
                if (!target.equals(database) && !isSame(file, target)) {
                    Files.copy(
                            file,
                            target,
                            LinkOption.NOFOLLOW_LINKS,
                            StandardCopyOption.COPY_ATTRIBUTES,
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private boolean isSame(Path file, Path other) throws IOException {
        if (!Files.exists(other, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (Files.isSymbolicLink(file)) {
            return Files.isSymbolicLink(other) && Files.readSymbolicLink(file).equals(Files.readSymbolicLink(other));
        }
        return Files.isDirectory(file)
                || (Files.size(file) == Files.size(other)
                        && Files.getLastModifiedTime(file).equals(Files.getLastModifiedTime(other)));
    }
}
