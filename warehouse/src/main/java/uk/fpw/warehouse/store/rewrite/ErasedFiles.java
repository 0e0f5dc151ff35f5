package uk.fpw.warehouse.store.rewrite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.look.ErasedLooks;
import uk.fpw.warehouse.store.release.WithdrawalMarker;

/**
 * Files of a warehouse, other than those of tables, that may contain what is erased: temporary rows, files that no
 * snapshot refers to, pages of single cases, and records of reads. Exports and all other pages contain no single items;
 * but pages contain what people wrote, and those of kept releases would not be made again otherwise.
 */
final class ErasedFiles {

    private final DataSource dataSource;
    private final Path warehouse;
    private final ErasedLooks looks;

    ErasedFiles(DataSource dataSource, Path warehouse, Clock clock) {
        this.dataSource = dataSource;
        this.warehouse = warehouse;
        this.looks = new ErasedLooks(dataSource, warehouse, clock);
    }

    /**
     * Imports the records of reads, so that their texts can be erased in the database.
     *
     * @param isErased whether a text contains what is erased
     * @throws FpwException with {@code CONFIGURATION} if a session that still runs has recorded it
     */
    void prepare(Predicate<String> isErased) {
        looks.prepare(isErased);
    }

    /**
     * Deletes these files, as far as they are still there, and writes the marks of withdrawn releases with the reasons
     * now on record.
     */
    void delete() {
        WarehouseFolder folder = new WarehouseFolder(warehouse);
        for (Path parent : List.of(folder.scratch(), folder.orphans(), folder.restricted())) {
            clear(parent);
        }
        deleteKeptPages(folder);
        looks.deleteFiles();
        WithdrawalMarker.rewrite(
                warehouse, new WithdrawnReleases(dataSource).all().values());
    }

    static void deleteKeptPages(WarehouseFolder folder) {
        try {
            for (List<Path> copies : List.of(folder.linkedKeptSites(), folder.keptSites())) {
                for (Path pages : copies) {
                    clear(pages);
                    Files.deleteIfExists(pages);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the pages in " + folder.sites() + " cannot be deleted", failed);
        }
    }

    private static void clear(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder())
                    .filter(file -> !file.equals(folder))
                    .toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the files in " + folder + " cannot be deleted", failed);
        }
    }
}
