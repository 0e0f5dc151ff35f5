package uk.fpw.ingest.extract;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.file.OutstandingFiles;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Freshness;
import uk.fpw.warehouse.store.ledger.feed.ProcessedFiles;

/**
 * The date of the data that a load has read, as declared by its feed.
 *
 * @param date date up to which the feed is complete
 * @param note note for the operator; null if there is none
 */
public record DeliveryDate(LocalDate date, @Nullable String note) {

    /**
     * The date of an extract.
     *
     * @param received number of rows read; a file without rows has no age
     * @param newest newest date in a file that is dated by a column; null for all others
     * @throws FpwException with {@code UNAVAILABLE} if it is too old and therefore counts as not delivered
     */
    static DeliveryDate of(LoadContext load, long received, String digest, @Nullable NewestDate newest) {
        Feed feed = load.feed();
        Freshness freshness = feed.freshness();
        boolean isFile = feed.droppedFile() != null;
        if (freshness == null || !freshness.isLimited() || (isFile && received == 0)) {
            return new DeliveryDate(load.sourceDate(), null);
        }
        LocalDate found = newest == null ? load.source().date(freshness) : newest.date();
        if (found == null) {
            throw notDelivered(
                    load.source(),
                    "no row has a value in " + freshness.name() + " up to " + load.businessDate()
                            + ", so its age is not known");
        }
        LocalDate date = found.isAfter(load.businessDate()) ? load.businessDate() : found;
        ProcessedFiles.Delivered first =
                freshness.comparesContent() ? load.ledger().processedFiles().first(feed.name(), digest) : null;
        boolean isRepeated = first != null && first.date().isBefore(date);
        if (first != null && isRepeated) {
            date = first.date();
        }
        // Dated changes are loaded in order of date, however late.
        boolean isOfItsOwnDate = feed.extract() == Feed.Extract.CHANGES
                && OutstandingFiles.areIdentifiedByDate(feed, load.businessDate());
        LocalDate on = isOfItsOwnDate ? load.sourceDate() : load.businessDate();
        String why = first != null && isRepeated ? repeated(load.source(), first) : dated(freshness, date, isFile);
        String age = Plural.of(ChronoUnit.DAYS.between(date, on), "day") + " old on " + on + ", at most "
                + Plural.of(freshness.maxAgeDays(), "day");
        if (freshness.isTooOld(date, on)) {
            throw notDelivered(load.source(), why + ": " + age);
        }
        boolean isTold = !isRepeated
                || load.ledger().processedFiles().isUsuallyRepeated(feed.name(), digest, load.businessDate());
        return new DeliveryDate(
                isFile && !isOfItsOwnDate ? date : load.sourceDate(),
                !isTold ? load.source().name() + " " + why + ": " + age : null);
    }

    private static String repeated(RowSource source, ProcessedFiles.Delivered first) {
        return source.name().equals(first.fileName())
                ? "has not changed since its delivery of " + first.date()
                : "has the same content as " + first.fileName() + ", first delivered for " + first.date();
    }

    private static String dated(Freshness freshness, LocalDate date, boolean isFile) {
        return switch (freshness.datedBy()) {
            case FILE_NAME -> "is of " + date + " by its name";
            case MODIFICATION_TIME -> "was last written on " + date;
            case CONTROL_FILE -> "is of " + date + " by its control file " + freshness.name();
            case COLUMN, NOTHING -> "the newest " + freshness.name() + (isFile ? " in it" : "") + " is of " + date;
        };
    }

    private static FpwException notDelivered(RowSource source, String why) {
        return FpwException.unavailable(source.place() + ": " + why + " (" + source.definition()
                + ": freshness), so it counts as not delivered; ask the source for newer data");
    }
}
