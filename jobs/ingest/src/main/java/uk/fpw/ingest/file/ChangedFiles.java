package uk.fpw.ingest.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.text.Sha256;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.ledger.feed.ProcessedFiles;
import uk.fpw.warehouse.store.ledger.feed.ProcessedFiles.ReadFile;
import uk.fpw.warehouse.store.ledger.feed.ProcessedFiles.State;

/**
 * Finds files of changes that have changed since a load read them, because they were delivered again completely or with
 * corrections. A file recreated with the same content has not changed. Only files of earlier dates are examined, since
 * that of the business date is read in any case.
 */
public final class ChangedFiles {

    private static final int SHOWN = 10;

    private final Force force;
    private final Feed feed;
    private final ProcessedFiles files;

    /** The files of a feed. */
    public ChangedFiles(Force force, Feed feed, ProcessedFiles files) {
        this.force = force;
        this.feed = feed;
        this.files = files;
    }

    /** Size and modification time of a file; null if it does not exist. */
    public static @Nullable State state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? new State(attributes.size(), attributes.lastModifiedTime().toInstant())
                    : null;
        } catch (IOException unreadable) {
            return null; // Recorded by the load of the file.
        }
    }

    /**
     * Adds dates whose files have changed since they were read. The present state of unchanged files is recorded, so
     * that they need not be read again to find out.
     *
     * @param dates dates to be loaded anyway
     * @return all dates to load, oldest first
     */
    public List<LocalDate> addTo(List<LocalDate> dates, LocalDate businessDate) {
        if (feed.droppedFile() == null) {
            return dates;
        }
        Set<String> read = dates.stream().map(this::name).collect(Collectors.toSet());
        TreeSet<LocalDate> all = new TreeSet<>(dates);
        changed(businessDate, true).forEach((name, date) -> {
            if (!read.contains(name)) {
                all.add(date);
            }
        });
        return List.copyOf(all);
    }

    /**
     * A report on files of all feeds that have changed since they were read. Writes nothing: a file without a recorded
     * size is only examined if it is newer than its load.
     *
     * @param businessDate latest known date
     * @return the number of files, then the first ten by name, one line each; empty if there are none
     */
    public static List<String> describe(Force force, ProcessedFiles files, LocalDate businessDate) {
        List<String> found = new ArrayList<>();
        for (Feed feed : force.feeds()) {
            new ChangedFiles(force, feed, files)
                    .changed(businessDate.plusDays(1), false)
                    .forEach((name, date) -> found.add(
                            "  " + DisplayText.text(name) + " (feed " + feed.name() + ", changed since it was read)"));
        }
        if (found.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("Files in the drop folders that have changed since they were read: " + found.size());
        found.stream().limit(SHOWN).forEach(lines::add);
        if (found.size() > SHOWN) {
            lines.add("  and " + (found.size() - SHOWN) + " more");
        }
        return lines;
    }

    /** The changed files of earlier dates, each with the latest date it belongs to. */
    private Map<String, LocalDate> changed(LocalDate before, boolean mayNote) {
        Map<String, LocalDate> changed = new TreeMap<>();
        if (feed.extract() != Feed.Extract.CHANGES || feed.droppedFile() == null) {
            return changed;
        }
        String own = name(before);
        files.of(feed.name()).forEach((name, reads) -> {
            LocalDate date = reads.stream()
                    .map(ReadFile::sourceDate)
                    .max(LocalDate::compareTo)
                    .orElseThrow();
            // Except files that the feed would not look for today or that it reads in every run.
            if (date.isBefore(before)
                    && !name.equals(own)
                    && name.equals(name(date))
                    && hasChanged(name, reads, mayNote)) {
                changed.put(name, date);
            }
        });
        return changed;
    }

    private boolean hasChanged(String name, List<ReadFile> reads, boolean mayNote) {
        Path path = FeedFile.of(force, feed, reads.get(0).sourceDate()).path().resolveSibling(name);
        State now = state(path);
        if (now == null || reads.stream().anyMatch(read -> now.equals(read.state()))) {
            return false;
        }
        boolean isKnown = reads.stream().anyMatch(read -> read.state() != null);
        if (!isKnown
                && !mayNote
                && reads.stream().anyMatch(read -> !now.modifiedAt().isAfter(read.readAt()))) {
            return false;
        }
        String digest = digest(path);
        if (digest == null) {
            return false;
        }
        for (ReadFile read : reads) {
            if (digest.equals(read.digest())) {
                if (mayNote) {
                    files.note(read.loadId(), now);
                }
                return false;
            }
        }
        return true;
    }

    private String name(LocalDate date) {
        return FeedFile.of(force, feed, date).name();
    }

    /** SHA-256 (hex) of a file; null if it does not exist. */
    static @Nullable String digest(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            MessageDigest sha256 = Sha256.digest();
            new DigestInputStream(bytes, sha256).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchFileException gone) {
            return null;
        } catch (IOException unreadable) {
            throw FpwException.unavailable(
                    file + ": it may have changed since it was read, and cannot be reread: " + unreadable.getMessage()
                            + "; check its permissions and its disk",
                    unreadable);
        }
    }
}
