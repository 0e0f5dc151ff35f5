package uk.fpw.warehouse.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The folders of tables in a warehouse folder, and whether they are those of a catalog. */
public final class TableFolders {

    private static final String SCHEME = "file:";

    private TableFolders() {}

    /** Whether any file lies below the folder {@code data} of the warehouse. */
    static boolean holdData(Path warehouse) {
        return holdsFile(warehouse.resolve(WarehouseIdentity.DATA));
    }

    /**
     * Folders of tables, {@code namespace/table} below a folder of data, that hold a file although no catalog's table has that name.
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
            Path file = WarehouseIdentity.realPath(file(location));
            if (!file.startsWith(warehouse) && !file.startsWith(WarehouseIdentity.realPath(dataFolder))) {
                differences.add(table + ": the database says that its files are in " + file.getParent());
            } else if (!Files.isRegularFile(file)) {
                differences.add(table + ": " + file + " is missing");
            }
        });
        unknown(dataFolder, metadataFiles.keySet())
                .forEach(folder -> differences.add(folder + " holds a table that the database does not know"));
        return differences;
    }

    /** The file that a location of Iceberg names. */
    public static Path file(String location) {
        return Path.of(location.startsWith(SCHEME) ? location.replaceFirst("^file:/+", "/") : location);
    }

    /** How a location writes its scheme: Iceberg's tables begin with {@code file:///}, Hadoop's files with {@code file:/}. What the path begins with is left out. */
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
