package uk.fpw.warehouse.store.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uk.fpw.layout.RealPath;
import uk.fpw.layout.WarehouseFolder;

/** The folders of tables in a warehouse folder, and whether they are those of a catalog. */
public final class TableFolders {

    private static final String SCHEME = "file:";
    private static final String METADATA = "metadata";
    private static final Pattern METADATA_FILE = Pattern.compile("(\\d{1,9})-.*\\.metadata\\.json");

    private TableFolders() {}

    /** Whether there is any file below the folder {@code data} of the warehouse. */
    static boolean holdData(Path warehouse) {
        return holdsFile(new WarehouseFolder(warehouse).data());
    }

    /**
     * Folders of tables, {@code namespace/table} below a folder of data, that hold a file although no catalog's table
     * has that name.
     *
     * @param dataFolder the folder of data
     * @param tables names of the catalog's tables, such as {@code raw.requests}
     */
    public static List<Path> unknown(Path dataFolder, Set<String> tables) {
        List<Path> unknown = new ArrayList<>();
        for (Path namespace : folders(dataFolder)) {
            for (Path folder : folders(namespace)) {
                if (!tables.contains(namespace.getFileName() + "." + folder.getFileName()) && holdsFile(folder)) {
                    unknown.add(folder);
                }
            }
        }
        return unknown;
    }

    /**
     * What keeps catalog and folder from being those of one warehouse, one sentence each; none if nothing does.
     *
     * @param metadataFiles the current metadata file of each table of the catalog
     */
    static List<String> differences(Path warehouse, Path dataFolder, Map<String, String> metadataFiles) {
        List<String> differences = new ArrayList<>();
        metadataFiles.forEach((table, location) -> {
            Path file = RealPath.of(file(location));
            if (!file.startsWith(warehouse) && !file.startsWith(RealPath.of(dataFolder))) {
                differences.add(table + ": according to the database, its files are in " + file.getParent());
            } else if (!Files.isRegularFile(file)) {
                differences.add(table + ": " + file + " is missing");
            }
        });
        unknown(dataFolder, metadataFiles.keySet())
                .forEach(folder -> differences.add(folder + " contains a table that is not in the database"));
        return differences;
    }

    /**
     * Tables whose folder is older or newer than the catalog, one sentence each; none if folder and catalog are of one
     * moment. A run that was killed, or whose commit the catalog refused, may leave one version that the catalog does
     * not know; only what was committed after it, on top of it, makes a second. One table alone of which the last
     * version is gone, and not the one before, is damaged: what reads it says so.
     *
     * @param metadataFiles the current metadata file of each table of the catalog
     */
    static List<String> otherStates(Path dataFolder, Map<String, String> metadataFiles) {
        List<String> differences = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        metadataFiles.forEach((table, location) -> {
            Path file = file(location);
            int known = version(file);
            int newest =
                    newestVersion(dataFolder.resolve(table.replace('.', '/')).resolve(METADATA));
            if (!Files.isRegularFile(file)) {
                (known > 0 && newest == known - 1 ? gone : differences)
                        .add(table + ": " + file + " is missing, although it is in the database");
            } else if (known >= 0 && newest > known + 1) {
                differences.add(table + ": its folder contains version " + newest + ", but the database has " + known);
            }
        });
        if (gone.size() > 1 || !differences.isEmpty()) {
            differences.addAll(gone);
        }
        return differences;
    }

    private static int newestVersion(Path metadata) {
        if (!Files.isDirectory(metadata)) {
            return -1;
        }
        try (Stream<Path> files = Files.list(metadata)) {
            return files.mapToInt(TableFolders::version).max().orElse(-1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list " + metadata, unreadable);
        }
    }

    /**
     * The number in the name of a metadata file, such as 12 of {@code 00012-<uuid>.metadata.json}; -1 for another file.
     */
    private static int version(Path file) {
        Matcher name = METADATA_FILE.matcher(String.valueOf(file.getFileName()));
        return name.matches() ? Integer.parseInt(name.group(1)) : -1;
    }

    /** The file that a location of Iceberg names. */
    public static Path file(String location) {
        return Path.of(location.startsWith(SCHEME) ? location.replaceFirst("^file:/+", "/") : location);
    }

    /**
     * How a location writes its scheme: Iceberg's tables begin with {@code file:///}, Hadoop's files with
     * {@code file:/}. The path prefix is left out.
     */
    static String scheme(String location) {
        return location.substring(
                0, location.length() - file(location).toString().length());
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
