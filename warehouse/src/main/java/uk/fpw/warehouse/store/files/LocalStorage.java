package uk.fpw.warehouse.store.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.RealPath;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.TableDigests;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.warehouse.failure.Damage;

/** Tables in the warehouse folder. The name of a file is its path. */
public final class LocalStorage implements TableStorage {

    private static final String SCHEME = "file:";
    private static final String CHECKSUMS = ".crc";
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final Path folder;
    private final Path aside;

    /**
     * The storage of a warehouse.
     *
     * @param warehouse the warehouse folder
     * @param dataFolder folder of its tables
     */
    public LocalStorage(Path warehouse, Path dataFolder) {
        this.folder = RealPath.of(dataFolder);
        this.aside = new WarehouseFolder(RealPath.of(warehouse)).orphans();
    }

    /**
     * The file at a location of Iceberg, for what only works on files of this machine; everything else uses a
     * {@link TableStorage}.
     */
    public static Path file(String location) {
        return Path.of(location.startsWith(SCHEME) ? location.replaceFirst("^file:/+", "/") : location);
    }

    @Override
    public String folder() {
        return folder.toString();
    }

    @Override
    public String name(String location) {
        return file(location).toString();
    }

    @Override
    public boolean holds(String location) {
        return RealPath.of(file(location)).startsWith(folder);
    }

    @Override
    public boolean exists(String location) {
        return Files.isRegularFile(file(location));
    }

    @Override
    public Path path(String location) {
        return file(location);
    }

    @Override
    public Path local(String location) {
        return file(location);
    }

    @Override
    public WrittenFile.@Nullable Comparison compare(String location) {
        return Damage.compare(file(location));
    }

    @Override
    public boolean isDamaged(String location, long bytes) {
        try {
            return new WrittenFile(file(location), bytes, null).compare().isDamaged();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public Map<String, String> tableFolders() {
        Map<String, String> found = new LinkedHashMap<>();
        for (Path namespace : folders(folder)) {
            for (Path table : folders(namespace)) {
                if (holdsFile(table)) {
                    found.put(namespace.getFileName() + "." + table.getFileName(), table.toString());
                }
            }
        }
        return found;
    }

    @Override
    public List<String> metadataFiles(String table) {
        Path metadata = folder.resolve(table.replace('.', '/')).resolve("metadata");
        if (!Files.isDirectory(metadata)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(metadata)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list " + metadata, unreadable);
        }
    }

    @Override
    public List<StoredFile> files(String location) {
        Path table = file(location);
        if (!Files.isDirectory(table)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(table)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !TableDigests.isList(file))
                    .map(file -> new StoredFile(file.toString(), data(file).toString(), modified(file)))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot list " + table, failed);
        }
    }

    @Override
    public String moveAside(String name, LocalDate movedOn) {
        Path file = Path.of(name);
        Path relative = folder.relativize(RealPath.of(file));
        if (relative.startsWith("..")) {
            throw new IllegalStateException(file + " points outside " + folder + "; it was left unchanged");
        }
        Path target = aside.resolve(movedOn.toString()).resolve(relative.toString());
        try {
            Files.createDirectories(target.getParent());
            // No option: never replace an existing file.
            return Files.move(file, target).toString();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot move " + file + " to " + target, failed);
        }
    }

    @Override
    public SortedSet<LocalDate> daysAside() {
        SortedSet<LocalDate> days = new TreeSet<>();
        folders(aside).stream()
                .map(day -> day.getFileName().toString())
                .filter(name -> DAY.matcher(name).matches())
                .forEach(name -> days.add(LocalDate.parse(name)));
        return days;
    }

    @Override
    public int deleteAside(LocalDate day) {
        Path ofDay = aside.resolve(day.toString());
        int count = 0;
        try (Stream<Path> entries = Files.walk(ofDay)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                count += Files.isRegularFile(entry) ? 1 : 0;
                Files.deleteIfExists(entry);
            }
            return count;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot clear " + ofDay, failed);
        }
    }

    /** For a checksum file ({@code .name.crc}) the file it belongs to, otherwise the file itself. */
    private static Path data(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && name.endsWith(CHECKSUMS)
                ? file.resolveSibling(name.substring(1, name.length() - CHECKSUMS.length()))
                : file;
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot examine " + file, failed);
        }
    }

    private static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list " + folder, unreadable);
        }
    }

    private static boolean holdsFile(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(Files::isRegularFile);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list " + folder, unreadable);
        }
    }
}
