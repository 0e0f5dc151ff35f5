package uk.fpw.warehouse.store.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.file.CheckedFiles;
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

    /** Absolute path of a file or folder, or of its copy, which need not exist. */
    Path path(String location);

    /**
     * A file that never changes, for readers of local files: absolute path of the file, or of a copy.
     *
     * @throws uk.fpw.warehouse.failure.FpwException with {@code DAMAGED} if there is no such file to copy
     */
    Path local(String location);

    /** The same for several files, which are copied at the same time if they must be; in the order of the locations. */
    default List<Path> local(Collection<String> locations) {
        return locations.stream().map(this::local).toList();
    }

    /**
     * Fetches copies that are missing here, or differ from what was written, if the store still has files of that
     * size. What remains damaged is found by the comparison that follows.
     *
     * @param files finds files of tables, or others, which are left as they are; paths start with the real path of the
     *     warehouse folder. Not called where there are no copies
     * @throws IOException if one that exists cannot be read
     * @throws uk.fpw.warehouse.failure.FpwException with {@code UNAVAILABLE} if the store does not respond
     */
    default void renewCopies(Supplier<List<WrittenFile>> files) throws IOException {}

    /**
     * The same storage, all of whose files have been listed once. A question about the existence of one of these costs
     * no request, and is answered as of then; one that the list lacks is looked for.
     */
    default TableStorage listed() {
        return this;
    }

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

    /**
     * Compares a file, or any other local file, with what was written.
     *
     * @param file its {@link #path}, with what is known of its content
     * @param isRead whether its content is read; otherwise only existence and size are compared
     * @throws IOException if it cannot be read
     */
    default WrittenFile.Comparison compare(WrittenFile file, boolean isRead) throws IOException {
        return isRead ? file.compare() : file.compareSize();
    }

    /**
     * The damaged ones of some files. Those compared before and unchanged since are not read again.
     *
     * @throws IOException if one cannot be read
     */
    default List<WrittenFile.Comparison> damaged(Collection<WrittenFile> files) throws IOException {
        return CheckedFiles.ofThisUser().damaged(files);
    }

    /** The size of a file in bytes; 0 if it is missing or its size is not known. */
    default long size(WrittenFile file) {
        try {
            return Files.isRegularFile(file.path()) ? Files.size(file.path()) : 0;
        } catch (IOException unreadable) {
            return 0;
        }
    }

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

    /** Deletes copies that are no longer needed. The caller holds the lock. */
    default void tidyCopies() {}
}
