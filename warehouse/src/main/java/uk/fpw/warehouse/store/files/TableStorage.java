package uk.fpw.warehouse.store.files;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.file.WrittenFile;

/**
 * The files of a warehouse's tables. Iceberg reads and writes them by their locations; this is for everything else that
 * needs such a file: readers of plain Parquet, comparisons with what was written, and maintenance. Nobody else turns a
 * location into a path. Thread-safe.
 *
 * <p>A file has one name, but Iceberg spells its location in several ways; names can be compared and are for messages.
 */
public interface TableStorage {

    /**
     * A file in the folder of a table.
     *
     * @param name its name
     * @param belongsTo name of the file whose checksums it contains; of other files the same as {@code name}
     * @param modified when it was last written
     */
    record StoredFile(String name, String belongsTo, Instant modified) {}

    /** Name of the folder in which this warehouse's tables are. */
    String folder();

    /** Name of a file or folder, given its location. */
    String name(String location);

    /** Whether a file or folder is in {@link #folder}. Others belong to another warehouse. */
    boolean holds(String location);

    /** Whether there is a file at a location. */
    boolean exists(String location);

    /** A file that never changes, for readers of local files: absolute path of the file, or of a copy. */
    Path local(String location);

    /**
     * Compares a file with what was written; of one without a recorded digest the form. Null if it cannot be read,
     * which the failure that led here reports.
     */
    WrittenFile.@Nullable Comparison compare(String location);

    /**
     * Whether a file is missing or different from what was written.
     *
     * @param bytes its size according to the table
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    boolean isDamaged(String location, long bytes);

    /** The folders of tables that contain files, by table name such as {@code raw.requests}, in alphabetical order. */
    Map<String, String> tableFolders();

    /** Names, without the folder, of all files in the folder {@code metadata} of a table. */
    List<String> metadataFiles(String table);

    /** All files below the folder of a table except the lists of their digests; empty if there is no such folder. */
    List<StoredFile> files(String location);

    /**
     * Moves a file that nothing refers to out of {@link #folder}.
     *
     * @param name a name from {@link #files}
     * @param movedOn day under which it is kept
     * @return its new name
     * @throws IllegalStateException if it is a link to a file that is not in {@link #folder}
     */
    String moveAside(String name, LocalDate movedOn);

    /** The days under which files are kept that were moved aside. */
    SortedSet<LocalDate> daysAside();

    /** Deletes the files that were moved aside on a day; returns their number. */
    int deleteAside(LocalDate day);
}
