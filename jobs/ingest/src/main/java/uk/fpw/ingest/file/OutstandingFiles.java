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
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;

/**
 * The files of a feed that a run must load. Files of changes are loaded in order of date, and a missing one that is due
 * holds back later ones. Of full extracts, only the latest is loaded.
 *
 * @param dates dates whose files or states of the source must be loaded, oldest first; empty if all files have been
 *     loaded
 * @param missing the missing file; null if there is none
 */
public record OutstandingFiles(
        List<LocalDate> dates, @Nullable Missing missing) {

    /**
     * A file that does not exist.
     *
     * @param stopsNight whether the missing file prevents a release (without --incomplete); false if there
     *     is no delivery schedule
     * @param failure the failure to report
     */
    public record Missing(boolean stopsNight, FpwException failure) {}

    /** Whether loads of the feed are identified by the dates of their files. */
    public static boolean areIdentifiedByDate(Feed feed, LocalDate businessDate) {
        Origin.DroppedFile dropped = feed.droppedFile();
        return dropped != null && (dropped.isDated() || hasSeveralFiles(feed, dropped, businessDate));
    }

    /** Whether changes come in several files that each cover more than one date, such as one per month. */
    private static boolean hasSeveralFiles(Feed feed, Origin.DroppedFile dropped, LocalDate businessDate) {
        return feed.extract() == Feed.Extract.CHANGES
                && (!dropped.on(businessDate).equals(dropped.on(businessDate.minusDays(1)))
                        || !dropped.on(businessDate).equals(dropped.on(businessDate.minusYears(1))));
    }

    /**
     * Finds the outstanding files for a business date.
     *
     * @param attempted dates that loads have started to read; true if completed
     */
    public static OutstandingFiles of(
            LocalDate businessDate, Force force, Feed feed, NavigableMap<LocalDate, Boolean> attempted) {
        if (!areIdentifiedByDate(feed, businessDate)) {
            return new OutstandingFiles(List.of(businessDate), null);
        }
        Search search = new Search(businessDate, force, feed, attempted);
        return feed.extract() == Feed.Extract.FULL ? search.latestExtract() : search.changes();
    }

    /** The latest date, up to the business date, that a load has completed; null if there is none. */
    static @Nullable LocalDate lastLoaded(NavigableMap<LocalDate, Boolean> attempted, LocalDate businessDate) {
        return attempted.headMap(businessDate, true).descendingMap().entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** The search for one feed and business date. */
    private record Search(LocalDate businessDate, Force force, Feed feed, NavigableMap<LocalDate, Boolean> attempted) {

        OutstandingFiles latestExtract() {
            if (isThere(businessDate)) {
                return new OutstandingFiles(List.of(businessDate), null);
            }
            LocalDate loaded = lastLoaded(attempted, businessDate);
            LocalDate due = feed.dueTo(businessDate);
            LocalDate earliest = loaded != null ? loaded.plusDays(1) : due != null ? due : businessDate;
            LocalDate late = null;
            for (LocalDate date = businessDate.minusDays(1);
                    late == null && !date.isBefore(earliest);
                    date = date.minusDays(1)) {
                late = isThere(date) ? date : null;
            }
            LocalDate known = late != null ? late : loaded;
            boolean isMissing = known == null || (due != null && known.isBefore(due));
            return new OutstandingFiles(
                    late == null ? List.of() : List.of(late),
                    isMissing ? missing(due != null ? due : businessDate, known != null) : null);
        }

        OutstandingFiles changes() {
            FeedFile own = file(businessDate);
            Map<Path, LocalDate> files = lateFiles();
            LocalDate loaded = lastLoaded(attempted, businessDate);
            for (LocalDate date = first(loaded); date.isBefore(businessDate); date = date.plusDays(1)) {
                FeedFile file = file(date);
                // A file for a week or month is assigned to its last day.
                files.remove(file.path());
                if (Files.exists(file.path())) {
                    files.put(file.path(), date);
                } else if (holdsBack(date, loaded, file, own)) {
                    return new OutstandingFiles(
                            List.copyOf(files.values()), isDue(date) ? stillMissing(file, date) : null);
                }
            }
            files.remove(own.path());
            if (Files.exists(own.path())) {
                files.put(own.path(), businessDate);
                return new OutstandingFiles(List.copyOf(files.values()), null);
            }
            boolean isEver = loaded != null || !files.isEmpty();
            Delivery delivery = feed.delivery();
            boolean isMissing = delivery == null || !isEver || (delivery.isOn(businessDate) && isDue(businessDate));
            return new OutstandingFiles(List.copyOf(files.values()), isMissing ? missing(businessDate, isEver) : null);
        }

        /** Whether changes of later dates must wait for those of a date whose file does not exist. */
        private boolean holdsBack(LocalDate date, @Nullable LocalDate loaded, FeedFile file, FeedFile own) {
            Delivery delivery = feed.delivery();
            if (delivery != null) {
                return delivery.isOn(date) && (loaded != null || !date.isBefore(firstAttempted()));
            }
            return !feed.hasUndeclaredDelivery()
                    && attempted.containsKey(date)
                    && !file.path().equals(own.path());
        }

        /** Whether the file of a date should have arrived by now. */
        private boolean isDue(LocalDate date) {
            LocalDate due = feed.dueTo(businessDate);
            return due != null && !date.isAfter(due);
        }

        private Missing missing(LocalDate date, boolean wasEverLoaded) {
            FeedFile file = file(date);
            boolean mayGoOn = feed.hasUndeclaredDelivery() && wasEverLoaded && file.hasFolder();
            return new Missing(!mayGoOn, file.missing());
        }

        private static Missing stillMissing(FeedFile file, LocalDate date) {
            return new Missing(true, file.stillMissing(date));
        }

        /**
         * Files that arrived after one of a later date was loaded. A file for a week or month that has been loaded once
         * is not late.
         */
        private Map<Path, LocalDate> lateFiles() {
            NavigableSet<LocalDate> loaded = new TreeSet<>();
            attempted.headMap(businessDate, true).forEach((date, isLoaded) -> {
                if (isLoaded) {
                    loaded.add(date);
                }
            });
            Map<Path, LocalDate> late = new LinkedHashMap<>();
            if (loaded.isEmpty()) {
                return late;
            }
            for (LocalDate date = loaded.first(); date.isBefore(loaded.last()); date = date.plusDays(1)) {
                if (!loaded.contains(date) && isThere(date)) {
                    Path path = file(date).path();
                    late.remove(path);
                    late.put(path, date);
                }
            }
            loaded.forEach(date -> late.remove(file(date).path()));
            return late;
        }

        /** The day after the last loaded one; without any load, the first day that a run looked for or that is due. */
        private LocalDate first(@Nullable LocalDate loaded) {
            if (loaded != null) {
                return loaded.plusDays(1);
            }
            LocalDate due = feed.dueTo(firstAttempted());
            return due == null ? firstAttempted() : due;
        }

        private LocalDate firstAttempted() {
            NavigableMap<LocalDate, Boolean> earlier = attempted.headMap(businessDate, false);
            return earlier.isEmpty() ? businessDate : earlier.firstKey();
        }

        private boolean isThere(LocalDate date) {
            return Files.exists(file(date).path());
        }

        private FeedFile file(LocalDate date) {
            return FeedFile.of(force, feed, date);
        }
    }
}
