package uk.fpw.ingest.database;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Feed;

/**
 * The column by which changes are found. Its highest value is remembered, but none that lies after the business date: a mistyped year would otherwise hide every change until that year.
 */
final class CursorColumn {

    /** Clocks go back by an hour in autumn, and the wall-clock times of that hour come twice. */
    private static final long REPEATED_MINUTES = 60;

    private final Feed.Column column;
    private final int position;
    private final long lookBack;
    private final LocalDate businessDate;
    private final ZoneId zone;

    private CursorColumn(Feed.Column column, int position, long lookBack, LocalDate businessDate, ZoneId zone) {
        this.column = column;
        this.position = position;
        this.lookBack = lookBack;
        this.businessDate = businessDate;
        this.zone = zone;
    }

    static @Nullable CursorColumn of(Feed feed, Feed.@Nullable Cursor cursor, LocalDate businessDate, ZoneId zone) {
        if (cursor == null) {
            return null;
        }
        Feed.Column column = feed.column(cursor.column());
        return new CursorColumn(column, feed.columns().indexOf(column), cursor.lookBack(), businessDate, zone);
    }

    /** Place among the feed's columns. */
    int position() {
        return position;
    }

    /** The value from which to read, inclusive: Long, LocalDate, OffsetDateTime or LocalDateTime. Null, which means everything, if the watermark is of another type. */
    @Nullable
    Object threshold(String watermark) {
        try {
            return switch (column.type()) {
                case WHOLE -> {
                    long value = Long.parseLong(watermark);
                    yield value < Long.MIN_VALUE + lookBack ? Long.MIN_VALUE : value - lookBack;
                }
                case DATE -> LocalDate.parse(watermark).minusDays(lookBack);
                case INSTANT ->
                    Instant.parse(watermark).atOffset(ZoneOffset.UTC).minusMinutes(lookBack);
                case LOCAL_TIME -> LocalDateTime.parse(watermark).minusMinutes(lookBack + REPEATED_MINUTES);
                default -> null;
            };
        } catch (DateTimeException | NumberFormatException otherType) {
            return null;
        }
    }

    /** The value of a row that may become the watermark; null if there is none, or it is not to be believed. */
    @SuppressWarnings("rawtypes")
    @Nullable
    Comparable candidate(String text) {
        try {
            return switch (column.type()) {
                case WHOLE -> Long.valueOf(text);
                case DATE -> believed(LocalDate.parse(text));
                case INSTANT -> believed(OffsetDateTime.parse(text).toInstant());
                case LOCAL_TIME -> believed(LocalDateTime.parse(text));
                default -> null;
            };
        } catch (DateTimeException | NumberFormatException refused) {
            return null;
        }
    }

    private @Nullable LocalDate believed(LocalDate date) {
        return date.isAfter(businessDate) ? null : date;
    }

    private @Nullable Instant believed(Instant instant) {
        return instant.isBefore(businessDate.plusDays(1).atStartOfDay(zone).toInstant()) ? instant : null;
    }

    private @Nullable LocalDateTime believed(LocalDateTime time) {
        return time.isBefore(businessDate.plusDays(1).atStartOfDay()) ? time : null;
    }
}
