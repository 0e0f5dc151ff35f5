package uk.fpw.warehouse.store.maintenance;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.JsonMappers;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.layout.file.WrittenFile.State;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.files.TableStorage;
import uk.fpw.warehouse.store.release.AtomicFile;

/**
 * Compares the files of a warehouse with what was written. Existence and size are checked every time; the content is
 * read completely or in daily shares, each continuing where the last ended. Takes no lock; files that a run deletes
 * meanwhile do not count as damaged.
 */
public final class FileVerification {

    private final WarehouseCatalog catalog;
    private final TableStorage storage;

    /** Verifies the table files of a catalog and the release files in its folder. */
    public FileVerification(WarehouseCatalog catalog) {
        this.catalog = catalog;
        this.storage = catalog.storage();
    }

    /**
     * Result of a verification.
     *
     * @param readCount number of files read completely; {@code readBytes} is their size
     * @param uncheckedCount how many of these have no recorded checksum
     * @param damaged files that are missing or damaged, or whose checksum files are
     */
    public record Result(
            long fileCount,
            long bytes,
            long readCount,
            long readBytes,
            long uncheckedCount,
            List<WrittenFile.Comparison> damaged) {}

    /**
     * Where the last share ended.
     *
     * @param path last file read, relative to the warehouse folder
     * @param on day on which it was read
     */
    private record Progress(String path, LocalDate on) {}

    /** Reads every file. */
    public Result readAll() {
        NamedFiles named = NamedFiles.of(catalog);
        return read(named, named.files(), Long.MAX_VALUE);
    }

    /**
     * Reads a daily share, so that each file is read once in the given number of days; more after missed days.
     *
     * @param days at least 1
     */
    public Result readShare(int days, LocalDate today) {
        NamedFiles named = NamedFiles.of(catalog);
        Progress progress = progress();
        long elapsed = progress == null ? 1 : Math.max(1, ChronoUnit.DAYS.between(progress.on(), today));
        NavigableMap<Path, WrittenFile> ordered = new TreeMap<>(named.files());
        Map<Path, WrittenFile> turned = new LinkedHashMap<>();
        if (progress != null) {
            Path last = catalog.warehouse().resolve(progress.path());
            turned.putAll(ordered.tailMap(last, false));
            turned.putAll(ordered.headMap(last, true));
        } else {
            turned.putAll(ordered);
        }
        long bytes = turned.values().stream().mapToLong(storage::size).sum();
        List<Path> read = new ArrayList<>();
        Result result = read(named, turned, bytes / days * Math.min(elapsed, days) + bytes % days, read);
        if (!read.isEmpty()) {
            write(new Progress(
                    catalog.warehouse().relativize(read.get(read.size() - 1)).toString(), today));
        }
        return result;
    }

    /**
     * The damaged files of the present state of a table. Files verified before and unchanged since are not read again.
     */
    public List<WrittenFile.Comparison> damagedOf(String table) {
        NamedFiles named = NamedFiles.of(catalog, table);
        List<WrittenFile.Comparison> damaged = new ArrayList<>(named.unreadable());
        try {
            damaged.addAll(storage.damaged(named.files().values()));
        } catch (IOException unreadable) {
            return damaged; // The failure being examined is more informative.
        }
        return damaged.stream().distinct().toList();
    }

    private Result read(NamedFiles named, Map<Path, WrittenFile> files, long share) {
        return read(named, files, share, new ArrayList<>());
    }

    /** Reads files in order until the share is reached, at least one. */
    private Result read(NamedFiles named, Map<Path, WrittenFile> files, long share, List<Path> read) {
        List<WrittenFile.Comparison> damaged = new ArrayList<>(named.unreadable());
        long bytes = 0;
        long readBytes = 0;
        long unchecked = 0;
        for (WrittenFile file : files.values()) {
            long size = storage.size(file);
            bytes += size;
            boolean isRead = readBytes < share;
            WrittenFile.Comparison found = compare(file, isRead);
            if (isRead) {
                read.add(file.path());
                readBytes += size;
                unchecked += found.state() == State.UNCHECKED ? 1 : 0;
            }
            if (found.isDamaged() || found.state() == State.WRONG_CHECKSUMS) {
                damaged.add(found);
            }
        }
        return new Result(files.size(), bytes, read.size(), readBytes, unchecked, stillNeeded(damaged));
    }

    private WrittenFile.Comparison compare(WrittenFile file, boolean isRead) {
        try {
            WrittenFile.Comparison found = storage.compare(file, isRead);
            return found.state() == State.WRONG_CHECKSUMS
                    ? new WrittenFile.Comparison(
                            file,
                            found.state(),
                            "its content is what was written, but not the checksums beside it (" + found.problem()
                                    + "); delete them: "
                                    + file.path()
                                            .resolveSibling("." + file.path().getFileName() + ".crc"))
                    : found;
        } catch (IOException failed) {
            return new WrittenFile.Comparison(file, State.DAMAGED, "it cannot be read: " + failed);
        }
    }

    /** Leaves out files that a run has deleted since they were listed. */
    private List<WrittenFile.Comparison> stillNeeded(List<WrittenFile.Comparison> damaged) {
        if (damaged.isEmpty()) {
            return damaged;
        }
        NamedFiles now = NamedFiles.of(catalog);
        Map<Path, WrittenFile.Comparison> needed = new TreeMap<>();
        damaged.stream()
                .filter(found -> now.files().containsKey(found.file().path()))
                .forEach(found -> needed.put(found.file().path(), found));
        now.unreadable().forEach(found -> needed.putIfAbsent(found.file().path(), found));
        return List.copyOf(needed.values());
    }

    private @Nullable Progress progress() {
        Path file = new WarehouseFolder(catalog.warehouse()).verifiedFile();
        try {
            return Files.exists(file)
                    ? JsonMappers.snakeCase().readValue(Files.readAllBytes(file), Progress.class)
                    : null;
        } catch (JsonProcessingException damaged) {
            return null; // Starts from the beginning.
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    private void write(Progress progress) {
        try {
            AtomicFile.write(
                    new WarehouseFolder(catalog.warehouse()).verifiedFile(),
                    JsonMappers.snakeCase().writeValueAsBytes(progress));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("progress is always JSON", impossible);
        }
    }
}
