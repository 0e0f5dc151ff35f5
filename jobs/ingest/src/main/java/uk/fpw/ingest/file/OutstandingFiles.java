package uk.fpw.ingest.file;

import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.load.LoadLedger;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/** Which files of a feed a night has to load. A day's changes that were never loaded would be lost if those of a later day were loaded before them. */
public final class OutstandingFiles {

    private OutstandingFiles() {}

    /**
     * The dates whose files are to be loaded for a business date, oldest first: of a feed of changes those that were delivered since the last loaded one and never loaded, then the business date itself; of any other source
     * the business date alone.
     *
     * @throws NightFailure with {@code UNAVAILABLE} if the file of an earlier date was looked for in vain and is still not there
     */
    public static List<LocalDate> until(LocalDate businessDate, Force force, Feed feed, LoadLedger ledger) {
        if (feed.extract() != Feed.Extract.CHANGES || !(feed.origin() instanceof Feed.DroppedFile dropped)) {
            return List.of(businessDate);
        }
        SortedMap<LocalDate, Boolean> sought = ledger.sourceDates(feed.name()).headMap(businessDate);
        LocalDate last = sought.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .max(LocalDate::compareTo)
                .orElse(null);
        if (last == null || dropped.on(last).equals(dropped.on(businessDate))) {
            return List.of(businessDate);
        }
        List<LocalDate> dates = new ArrayList<>();
        for (LocalDate date = last.plusDays(1); date.isBefore(businessDate); date = date.plusDays(1)) {
            FeedFile file = FeedFile.of(force, feed, date);
            if (Files.exists(file.path())) {
                dates.add(date);
            } else if (sought.containsKey(date)) {
                throw new NightFailure(
                        ExitCode.UNAVAILABLE,
                        file.path() + ": the changes of " + date
                                + " are still missing, and could not be loaded after those of "
                                + businessDate + " (" + file.definition()
                                + ": extract: changes); have the file delivered, or, if nothing changed on that day, put one with the header alone in its place");
            }
        }
        dates.add(businessDate);
        return dates;
    }
}
