package uk.fpw.ingest.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Freshness;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;

/** Reports files in the drop folders that no load has read, except hidden files and files of future dates. */
public final class UnprocessedFiles {

    private static final int SHOWN = 10;

    private final Force force;
    private final LoadLedger ledger;
    private final LocalDate businessDate;

    private UnprocessedFiles(Force force, LoadLedger ledger, LocalDate businessDate) {
        this.force = force;
        this.ledger = ledger;
        this.businessDate = businessDate;
    }

    /**
     * A report for the operator.
     *
     * @param businessDate latest known date; files of later dates are in the future
     * @return the number of files, then the first ten by name with the reason, one line each, followed by the same for
     *     files that {@linkplain ChangedFiles have changed} since; empty if there are none
     */
    public static List<String> describe(Force force, LoadLedger ledger, LocalDate businessDate) {
        List<String> lines = new ArrayList<>(new UnprocessedFiles(force, ledger, businessDate).lines());
        lines.addAll(ChangedFiles.describe(force, ledger.processedFiles(), businessDate));
        return List.copyOf(lines);
    }

    private List<String> lines() {
        Map<Path, List<Feed>> folders = new TreeMap<>();
        for (Feed feed : force.feeds()) {
            Path folder = force.connection(feed.connection()).folder();
            if (folder != null) {
                folders.computeIfAbsent(folder, path -> new ArrayList<>()).add(feed);
            }
        }
        List<String> found = new ArrayList<>();
        folders.forEach((folder, feeds) -> unread(folder, feeds, found));
        if (found.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("Files in the drop folders that no load has read: " + found.size());
        found.stream().limit(SHOWN).forEach(line -> lines.add("  " + line));
        if (found.size() > SHOWN) {
            lines.add("  and " + (found.size() - SHOWN) + " more");
        }
        return lines;
    }

    private void unread(Path folder, List<Feed> feeds, List<String> found) {
        Set<String> read = ledger.filesRead(feeds.stream().map(Feed::name).toList());
        List<String> names;
        try (Stream<Path> files = Files.list(folder)) {
            names = files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !read.contains(name))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            return; // The load of the feed reports the missing file.
        }
        for (String name : names) {
            String why = why(name, feeds);
            if (why != null) {
                found.add(DisplayText.text(name) + " (" + why + ")");
            }
        }
    }

    /** Why no load has read the file; null if its date is in the future or it is a control file. */
    private @Nullable String why(String name, List<Feed> feeds) {
        for (Feed feed : feeds) {
            Freshness freshness = feed.freshness();
            if (freshness != null && name.equals(freshness.controlFile())) {
                return null;
            }
            Origin.DroppedFile dropped = feed.droppedFile();
            LocalDate date = dropped == null ? null : dropped.dateOf(name);
            if (date == null) {
                continue;
            }
            if (date.isAfter(businessDate)) {
                return null;
            }
            NavigableMap<LocalDate, Boolean> attempted = ledger.sourceDates(feed.name());
            String of = "feed " + feed.name() + ", ";
            if (feed.extract() == Feed.Extract.FULL) {
                boolean isSuperseded = attempted.tailMap(date, false).containsValue(true);
                return of + (isSuperseded ? "superseded by a later full extract" : "not loaded");
            }
            boolean isBefore = attempted.containsValue(true)
                    && !attempted.headMap(date, true).containsValue(true);
            return of + (isBefore ? "of a date before its first load" : "not loaded");
        }
        return "of no feed";
    }
}
