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
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.RealPath;
import uk.fpw.layout.WarehouseFolder;

/** Compares the table folders in a warehouse folder with a catalog. */
public final class TableFolders {

    private static final String SCHEME = "file:";
    private static final String METADATA = "metadata";
    private static final Pattern METADATA_FILE = Pattern.compile("(\\d{1,9})-.*\\.metadata\\.json");

    private TableFolders() {}

    /** Whether there are any files below the folder {@code data} of the warehouse. */
    static boolean holdData(Path warehouse) {
        return holdsFile(new WarehouseFolder(warehouse).data());
    }

    /**
     * Names of files in a folder without the identity or the tables of a warehouse that no run has left there: all but
     * hidden ones, {@code lost+found}, those of the embedded database, and folders of runs. Empty if it does not exist.
     *
     * @param database file of the embedded database, which may be elsewhere; null if there is none
     */
    static List<String> foreignFiles(Path warehouse, @Nullable Path database) {
        WarehouseFolder folder = new WarehouseFolder(warehouse);
        if (!Files.isDirectory(warehouse) || Files.exists(folder.identityFile()) || holdData(warehouse)) {
            return List.of();
        }
        String databaseName =
                database == null ? "" : database.getFileName().toString().replaceFirst("[.]mv[.]db$", "") + ".";
        try (Stream<Path> entries = Files.list(warehouse)) {
            return entries.filter(entry -> !entry.equals(folder.runs())
                            && !entry.equals(folder.scratch())
                            && !entry.equals(folder.data()))
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !name.equals("lost+found"))
                    .filter(name -> database == null || !name.startsWith(databaseName))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list " + warehouse, unreadable);
        }
    }

    /**
     * Table folders, {@code namespace/table} below a data folder, that contain files although the catalog has no table
     * of that name.
     *
     * @param dataFolder the data folder
     * @param tables names of the tables in the catalog, such as {@code raw.requests}
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
     * Why catalog and folder cannot belong to the same warehouse, one sentence each; empty if they can.
     *
     * @param metadataFiles current metadata file of each table in the catalog
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
     * Tables whose folder is older or newer than the catalog, one sentence each; empty if folder and catalog are from
     * the same time. One version unknown to the catalog is tolerated, because a killed run or a rejected commit may
     * leave it; a second one can only come from a later commit on top of it. A single table that lacks only its latest
     * version counts as damaged instead, which its readers report.
     *
     * @param metadataFiles current metadata file of each table in the catalog
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
     * The version number in the name of a metadata file, such as 12 for {@code 00012-<uuid>.metadata.json}; -1 for
     * other files.
     */
    private static int version(Path file) {
        Matcher name = METADATA_FILE.matcher(String.valueOf(file.getFileName()));
        return name.matches() ? Integer.parseInt(name.group(1)) : -1;
    }

    /** The file at an Iceberg location. */
    public static Path file(String location) {
        return Path.of(location.startsWith(SCHEME) ? location.replaceFirst("^file:/+", "/") : location);
    }

    /** The scheme of a location as written: Iceberg's tables have {@code file:///}, Hadoop's files {@code file:/}. */
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
