package uk.fpw.nightly.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;

/** Describes which pages a warehouse has, who may read them, and why not the readers. */
public final class PagesStatus {

    /** Size of the largest page that opens at once on a slow line, in kilobytes of 1,000 bytes. */
    private static final long LARGEST = 500;

    private PagesStatus() {}

    /**
     * A sentence about pages that are larger than they should be; null if there are none.
     *
     * @param pages folder of pages, or a link to it
     */
    public static @Nullable String tooLarge(Path pages) {
        SortedMap<Long, String> large = new TreeMap<>();
        try (Stream<Path> files = Files.walk(pages.toRealPath())) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".html")).toList()) {
                long size = (Files.size(file) + 999) / 1000;
                if (size > LARGEST) {
                    large.put(size, pages.toRealPath().relativize(file).toString());
                }
            }
        } catch (IOException | UncheckedIOException unreadable) {
            return null;
        }
        return large.isEmpty()
                ? null
                : large.get(large.lastKey()) + " has " + large.lastKey() + " KB, more than the " + LARGEST
                        + " KB of a page that opens quickly; fewer attributes (slices) or standards of its queue make "
                        + "it smaller";
    }

    /**
     * One line about the latest pages, and one about those that readers see instead, if they see others.
     *
     * @param launcher command that starts fpw in this installation
     * @param shown how to print a path
     * @return lines; none if there are no pages
     */
    public static List<String> lines(
            Path warehouse, PageReaders readers, String launcher, Function<Path, String> shown) {
        SiteFolder folder = new SiteFolder(warehouse, () -> readers, Clock.systemUTC(), new SecureRandom());
        ReleaseId latest = folder.latest();
        if (latest == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        boolean isEarlierShown = folder.isEarlierShown();
        boolean isEarlierLatest =
                isEarlierShown && folder.latestLink().equals(new WarehouseFolder(warehouse).currentSite());
        if (!isEarlierLatest) {
            lines.add(latest(folder, latest, readers, owner(warehouse), shown));
        }
        if (isEarlierShown) {
            lines.add("for readers: " + shown.apply(new WarehouseFolder(warehouse).currentSite()) + ", of release "
                    + folder.shown() + ", made by an earlier version"
                    + (isEarlierLatest ? "" : " and not renewed"));
        }
        String tooLarge = tooLarge(folder.latestLink());
        if (tooLarge != null) {
            lines.add(tooLarge);
        }
        String obstacle = readers.obstacle(launcher);
        if (obstacle != null) {
            lines.add("new pages are not shown to readers, because " + obstacle);
        }
        return lines;
    }

    private static String latest(
            SiteFolder folder, ReleaseId release, PageReaders readers, String owner, Function<Path, String> shown) {
        String where = shown.apply(folder.latestLink()) + ", of release " + release;
        String group = readers.group();
        if (group == null) {
            return "only for the user " + owner + ": " + where;
        }
        return folder.areForTheirReaders()
                ? "for the group " + group + ": " + where
                : "not yet for the group " + group + ", until the next run or fpw report: " + where;
    }

    private static String owner(Path warehouse) {
        try {
            return Files.getOwner(warehouse).getName();
        } catch (IOException unreadable) {
            return "of the runs";
        }
    }
}
