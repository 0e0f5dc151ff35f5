package uk.fpw.warehouse.store.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.store.files.LocalStorage;
import uk.fpw.warehouse.store.files.TableStorage;

/** Compares the files of tables with a catalog. */
final class TableFolders {

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
     * Why catalog and files cannot belong to the same warehouse, one sentence each; empty if they can.
     *
     * @param metadataFiles location of the current metadata file of each table in the catalog
     */
    static List<String> differences(TableStorage storage, Map<String, String> metadataFiles) {
        List<String> differences = new ArrayList<>();
        metadataFiles.forEach((table, location) -> {
            String file = storage.name(location);
            if (!storage.holds(location)) {
                differences.add(table + ": according to the database, its files are in "
                        + file.substring(0, file.lastIndexOf('/')));
            } else if (!storage.exists(location)) {
                differences.add(table + ": " + file + " is missing");
            }
        });
        storage.tableFolders().forEach((table, folder) -> {
            if (!metadataFiles.containsKey(table)) {
                differences.add(folder + " contains a table that is not in the database");
            }
        });
        return differences;
    }

    /**
     * Tables whose files are older or newer than the catalog, one sentence each; empty if files and catalog are from
     * the same time. One version unknown to the catalog is tolerated, because a killed run or a rejected commit may
     * leave it; a second one can only come from a later commit on top of it. A single table that lacks only its latest
     * version counts as damaged instead, which its readers report.
     *
     * @param metadataFiles location of the current metadata file of each table in the catalog
     */
    static List<String> otherStates(TableStorage storage, Map<String, String> metadataFiles) {
        List<String> differences = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        metadataFiles.forEach((table, location) -> {
            String file = storage.name(location);
            int known = version(file.substring(file.lastIndexOf('/') + 1));
            int newest = storage.metadataFiles(table).stream()
                    .mapToInt(TableFolders::version)
                    .max()
                    .orElse(-1);
            if (!storage.exists(location)) {
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

    /**
     * The version number in the name of a metadata file, such as 12 for {@code 00012-<uuid>.metadata.json}; -1 for
     * other files.
     */
    private static int version(String fileName) {
        Matcher name = METADATA_FILE.matcher(fileName);
        return name.matches() ? Integer.parseInt(name.group(1)) : -1;
    }

    /** The scheme of a location as written: Iceberg's tables have {@code file:///}, Hadoop's files {@code file:/}. */
    static String scheme(String location) {
        return location.substring(
                0, location.length() - LocalStorage.file(location).toString().length());
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
