package uk.fpw.ingest.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/** Which files of a feed a night has to load. A day's changes that were never loaded would be lost if those of a later day were loaded before them. */
public final class OutstandingFiles {

    private OutstandingFiles() {}

    /** Whether the feed keeps each date's changes in a file of its own. */
    public static boolean isKeptApart(Feed feed, LocalDate businessDate) {
        return feed.extract() == Feed.Extract.CHANGES
                && feed.origin() instanceof Feed.DroppedFile dropped
                && (!dropped.on(businessDate).equals(dropped.on(businessDate.minusDays(1)))
                        || !dropped.on(businessDate).equals(dropped.on(businessDate.minusYears(1))));
    }

    /**
     * The dates whose files are to be loaded for a business date, oldest first: those between the first and the last loaded date whose file has come since, those that were delivered since the last loaded one and never loaded, then the business
     * date itself. A date for which no file is there and no night looked may have had none: if its file comes later, it is loaded then.
     *
     * @param feed one that {@linkplain #isKeptApart keeps its changes apart}
     * @param sought dates that loads began to read; true for those that a load completed
     * @throws NightFailure with {@code UNAVAILABLE} if the file of an earlier date was looked for in vain and is still not there
     */
    public static List<LocalDate> until(
            LocalDate businessDate, Force force, Feed feed, NavigableMap<LocalDate, Boolean> sought) {
        Path own = FeedFile.of(force, feed, businessDate).path();
        Map<Path, LocalDate> files = late(businessDate, force, feed, sought);
        for (LocalDate date = first(businessDate, sought); date.isBefore(businessDate); date = date.plusDays(1)) {
            FeedFile file = FeedFile.of(force, feed, date);
            // a file for a week or a month is that of its last day
            files.remove(file.path());
            if (Files.exists(file.path())) {
                files.put(file.path(), date);
            } else if (sought.containsKey(date) && !file.path().equals(own)) {
                throw new NightFailure(
                        ExitCode.UNAVAILABLE,
                        file.path() + ": the changes of " + date
                                + " are still missing, and could not be loaded after those of " + businessDate + " ("
                                + file.definition()
                                + ": extract: changes); have the file delivered, or, if nothing changed on that day, put a file of that name with the header alone in its place");
            }
        }
        files.remove(own);
        files.put(own, businessDate);
        return List.copyOf(files.values());
    }

    /** Files that came after one of a later date was loaded. A file for a week or a month that was loaded once is not late. */
    private static Map<Path, LocalDate> late(
            LocalDate businessDate, Force force, Feed feed, NavigableMap<LocalDate, Boolean> sought) {
        NavigableSet<LocalDate> loaded = new TreeSet<>();
        sought.headMap(businessDate, true).forEach((date, isLoaded) -> {
            if (isLoaded) {
                loaded.add(date);
            }
        });
        Map<Path, LocalDate> late = new LinkedHashMap<>();
        if (loaded.isEmpty()) {
            return late;
        }
        for (LocalDate date = loaded.first(); date.isBefore(loaded.last()); date = date.plusDays(1)) {
            Path path = FeedFile.of(force, feed, date).path();
            if (!loaded.contains(date) && Files.exists(path)) {
                late.remove(path);
                late.put(path, date);
            }
        }
        loaded.forEach(date -> late.remove(FeedFile.of(force, feed, date).path()));
        return late;
    }

    /** The day after the last one that was loaded; before any was, the first that a night looked for. */
    private static LocalDate first(LocalDate businessDate, NavigableMap<LocalDate, Boolean> sought) {
        NavigableMap<LocalDate, Boolean> earlier = sought.headMap(businessDate, false);
        return earlier.descendingMap().entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(loaded -> loaded.getKey().plusDays(1))
                .findFirst()
                .orElseGet(() -> earlier.isEmpty() ? businessDate : earlier.firstKey());
    }
}
