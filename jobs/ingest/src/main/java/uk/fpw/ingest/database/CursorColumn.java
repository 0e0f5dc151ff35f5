package uk.fpw.ingest.database;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.load.Watermark;

/**
 * The column for finding changes or for dating the data. Its highest value is stored unless it is after the business
 * date: otherwise a mistyped year would hide every change until that year.
 */
final class CursorColumn {

    /** In autumn, clocks go back by an hour, and the wall-clock times of that hour occur twice. */
    private static final long REPEATED_MINUTES = 60;

    /** A gap larger than this multiple of the usual daily advance cannot be explained by missed loads. */
    private static final long USUAL_ADVANCES = 100;

    private final Feed.Column column;
    private final int position;
    private final long lookBack;
    private final long maxGap;
    private final LocalDate businessDate;
    private final Instant endOfDate;

    private CursorColumn(
            Feed.Column column, int position, Origin.Cursor declared, LocalDate businessDate, ZoneId zone) {
        this.column = column;
        this.position = position;
        this.lookBack = declared.lookBack();
        this.maxGap = declared.maxGap();
        this.businessDate = businessDate;
        this.endOfDate = businessDate.plusDays(1).atStartOfDay(zone).toInstant();
    }

    static @Nullable CursorColumn of(Feed feed, Origin.@Nullable Cursor cursor, LocalDate businessDate, ZoneId zone) {
        if (cursor == null) {
            return null;
        }
        Feed.Column column = feed.column(cursor.column());
        return new CursorColumn(column, feed.columns().indexOf(column), cursor, businessDate, zone);
    }

    Feed.Type type() {
        return column.type();
    }

    /** Time zone of local times. */
    ZoneId zone() {
        return Objects.requireNonNull(column.zone(), column.name());
    }

    /** Position among the feed's columns. */
    int position() {
        return position;
    }

    /** The largest gap in whole numbers that a watermark passes without any history. */
    long maxGap() {
        return maxGap;
    }

    /**
     * Start of an incremental read.
     *
     * @param watermark value up to which changes are known: Long, LocalDate, Instant or LocalDateTime
     * @param lowest value from which to read, inclusive, of the same type
     * @param allowedGap largest gap in whole numbers that the watermark passes
     */
    @SuppressWarnings("rawtypes")
    record Start(Comparable watermark, Comparable lowest, long allowedGap) {}

    /** Where to start; null, meaning from the beginning, if the watermark has another type. */
    @Nullable
    Start start(Watermark watermark) {
        try {
            return switch (column.type()) {
                case WHOLE -> {
                    long value = Long.parseLong(watermark.value());
                    yield new Start(
                            value,
                            value < Long.MIN_VALUE + lookBack ? Long.MIN_VALUE : value - lookBack,
                            Math.max(maxGap, hundredTimes(watermark.usualAdvance())));
                }
                case DATE -> {
                    LocalDate value = LocalDate.parse(watermark.value());
                    yield new Start(value, value.minusDays(lookBack), maxGap);
                }
                case INSTANT -> {
                    Instant value = Instant.parse(watermark.value());
                    yield new Start(value, value.minus(lookBack, ChronoUnit.MINUTES), maxGap);
                }
                case LOCAL_TIME -> {
                    LocalDateTime value = LocalDateTime.parse(watermark.value());
                    yield new Start(value, value.minusMinutes(lookBack + REPEATED_MINUTES), maxGap);
                }
                default -> null;
            };
        } catch (DateTimeException | NumberFormatException otherType) {
            return null;
        }
    }

    /** A value in ISO format, converted to a statement parameter. */
    Object parameter(String value) {
        return switch (column.type()) {
            case WHOLE -> Long.valueOf(value);
            case DATE -> LocalDate.parse(value);
            case INSTANT -> Instant.parse(value).atOffset(ZoneOffset.UTC);
            case LOCAL_TIME -> LocalDateTime.parse(value);
            default -> throw new IllegalStateException("a cursor cannot be of type " + column.type());
        };
    }

    /** The first moment after the business date, as a statement parameter. */
    Object endOfDate() {
        return switch (column.type()) {
            case DATE -> businessDate.plusDays(1);
            case INSTANT -> endOfDate.atOffset(ZoneOffset.UTC);
            case LOCAL_TIME -> businessDate.plusDays(1).atStartOfDay();
            default -> throw new IllegalStateException("a column of type " + column.type() + " has no date");
        };
    }

    /** The day of a date or time in ISO format; null if the text is not one. */
    @Nullable
    LocalDate day(@Nullable String value, ZoneId zone) {
        try {
            return value == null
                    ? null
                    : switch (column.type()) {
                        case DATE -> LocalDate.parse(value);
                        case INSTANT -> LocalDate.ofInstant(instant(value), zone);
                        default -> LocalDateTime.parse(value).toLocalDate();
                    };
        } catch (DateTimeException notOne) {
            return null;
        }
    }

    private static long hundredTimes(long advance) {
        return advance > Long.MAX_VALUE / USUAL_ADVANCES ? Long.MAX_VALUE : advance * USUAL_ADVANCES;
    }

    /** The value of a row as a possible watermark; null if missing or implausible. */
    @SuppressWarnings("rawtypes")
    @Nullable
    Comparable candidate(Object field) {
        try {
            return switch (column.type()) {
                case WHOLE -> field instanceof Long number ? number : Long.valueOf(field.toString());
                case DATE -> plausible(field instanceof LocalDate date ? date : LocalDate.parse(field.toString()));
                case INSTANT -> plausible(instant(field));
                case LOCAL_TIME ->
                    plausible(field instanceof LocalDateTime time ? time : LocalDateTime.parse(field.toString()));
                default -> null;
            };
        } catch (DateTimeException | NumberFormatException refused) {
            return null;
        }
    }

    private static Instant instant(Object field) {
        if (field instanceof Instant instant) {
            return instant;
        }
        return (field instanceof OffsetDateTime time ? time : OffsetDateTime.parse(field.toString())).toInstant();
    }

    private @Nullable LocalDate plausible(LocalDate date) {
        return date.isAfter(businessDate) ? null : date;
    }

    private @Nullable Instant plausible(Instant instant) {
        return instant.isBefore(endOfDate) ? instant : null;
    }

    private @Nullable LocalDateTime plausible(LocalDateTime time) {
        return time.isBefore(businessDate.plusDays(1).atStartOfDay()) ? time : null;
    }
}
