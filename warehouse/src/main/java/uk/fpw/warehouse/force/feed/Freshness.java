package uk.fpw.warehouse.force.feed;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.Plural;

/**
 * How old the data of a feed may be, and where its date comes from.
 *
 * @param name name of the column or the control file; null for other kinds
 * @param pattern format of the date in the control file
 * @param maxAgeDays days before the business date; older data counts as not delivered
 * @param zone time zone for the day of a point in time
 */
public record Freshness(
        DatedBy datedBy, @Nullable String name, DateTimeFormatter pattern, int maxAgeDays, ZoneId zone) {

    /** Source of the date of the data. */
    public enum DatedBy {
        /** The date in the file name. */
        FILE_NAME,
        /** The modification time of the file. */
        MODIFICATION_TIME,
        /** The newest value of a column. */
        COLUMN,
        /** The first date in the control file beside it. */
        CONTROL_FILE,
        /** No date, since the source is not updated. */
        NOTHING
    }

    /** A source that is not updated and so never too old. */
    static Freshness ofNothing(ZoneId zone) {
        return new Freshness(DatedBy.NOTHING, null, DateTimeFormatter.ISO_LOCAL_DATE, 0, zone);
    }

    /** Whether data can be too old. */
    public boolean isLimited() {
        return datedBy != DatedBy.NOTHING;
    }

    /**
     * Whether a file with the same content as an earlier one counts as the earlier delivery, because nothing in it
     * gives another date.
     */
    public boolean comparesContent() {
        return datedBy == DatedBy.FILE_NAME || datedBy == DatedBy.MODIFICATION_TIME;
    }

    /** Name of the control file; null if there is none. */
    public @Nullable String controlFile() {
        return datedBy == DatedBy.CONTROL_FILE ? name : null;
    }

    /** Name of the column; null if no column dates the data. */
    public @Nullable String column() {
        return datedBy == DatedBy.COLUMN ? name : null;
    }

    /** Whether data of a date is too old on another date. */
    public boolean isTooOld(LocalDate date, LocalDate on) {
        return ChronoUnit.DAYS.between(date, on) > maxAgeDays;
    }

    /** Description such as {@code at most 3 days old, by the date in its name}. */
    public String describe() {
        String by =
                switch (datedBy) {
                    case FILE_NAME -> "by the date in its name";
                    case MODIFICATION_TIME -> "by the time of its file";
                    case COLUMN -> "by the newest " + name;
                    case CONTROL_FILE -> "by its control file";
                    case NOTHING -> "";
                };
        return isLimited() ? "at most " + Plural.of(maxAgeDays, "day") + " old, " + by : "not renewed";
    }
}
