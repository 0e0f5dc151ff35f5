package uk.fpw.metrics.cube;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.series.ObservedSpell.Outcome;
import uk.fpw.metrics.series.QueueSpec;

/**
 * Measures spells against standards. If only the date of an entry or exit is known, it may have happened at any time
 * of that day in the force's zone; if that leaves the outcome open, it is unknown. Hours are elapsed hours.
 */
public final class StandardClock {

    private static final long MICROS_PER_HOUR = 3_600_000_000L;

    private final ZoneId zone;

    public StandardClock(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * When something happened.
     *
     * @param day local day
     * @param micros instant in microseconds since 1970 UTC; null if only the day is known
     */
    public record Moment(int day, @Nullable Long micros) {}

    /** First day at whose end an item is certainly past the standard, if it has not left. */
    public int dueOn(QueueSpec.Standard standard, Moment entered) {
        if (standard.withinDays() != QueueSpec.NONE) {
            return entered.day() + standard.withinDays() + 1;
        }
        Instant due = Instant.EPOCH.plus(latest(entered) + standard.withinHours() * MICROS_PER_HOUR, ChronoUnit.MICROS);
        return (int) due.atZone(zone).toLocalDate().toEpochDay();
    }

    /**
     * Outcome of an item under a standard.
     *
     * @param left when it left; null while it is waiting
     * @param isServed whether it left because the work was done
     * @param dataAsAt last known day
     */
    public Outcome outcome(
            QueueSpec.Standard standard, Moment entered, @Nullable Moment left, boolean isServed, int dataAsAt) {
        if (dueOn(standard, entered) > dataAsAt) {
            return Outcome.NOT_YET_DUE;
        }
        if (left == null) {
            return Outcome.FAILED;
        }
        boolean isWithin;
        boolean isBeyond;
        if (standard.withinDays() != QueueSpec.NONE) {
            isWithin = left.day() - entered.day() <= standard.withinDays();
            isBeyond = !isWithin;
        } else {
            long within = standard.withinHours() * MICROS_PER_HOUR;
            isWithin = latest(left) - earliest(entered) <= within;
            isBeyond = earliest(left) - latest(entered) > within;
        }
        if (isWithin) {
            return isServed ? Outcome.MET : Outcome.LEFT_UNSEEN;
        }
        return isBeyond ? Outcome.FAILED : Outcome.UNKNOWN;
    }

    private long earliest(Moment moment) {
        return moment.micros() == null ? start(moment.day()) : moment.micros();
    }

    private long latest(Moment moment) {
        return moment.micros() == null ? start(moment.day() + 1) - 1 : moment.micros();
    }

    private long start(int day) {
        return ChronoUnit.MICROS.between(
                Instant.EPOCH, LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant());
    }
}
