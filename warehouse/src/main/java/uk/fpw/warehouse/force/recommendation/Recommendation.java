package uk.fpw.warehouse.force.recommendation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A recommendation that a force was given: {@code recommendations/<name>.yml}. Whether it is done is what the force
 * says; figures stand beside that and decide nothing.
 *
 * @param words what it says
 * @param quoted whether these are the words of the report; if not, they are the force's own
 * @param owner who in the force answers for it: a role
 * @param figures in the order of the file; empty if no figure shows it
 */
public record Recommendation(
        @JsonProperty("recommendation") String name,
        Report report,
        String words,
        boolean quoted,
        Kind kind,
        String owner,
        Due due,
        Status status,
        List<Figure> figures) {

    /** In place of what a report does not state. */
    public static final String NOT_STATED = "not stated";

    public Recommendation {
        figures = List.copyOf(figures);
    }

    /** Whether the force should have done it before a day, and has neither done nor rejected it; null if not stated. */
    public @Nullable Boolean isOverdue(LocalDate day) {
        LocalDate dueOn = due.date();
        boolean isSettled = status.state == State.DONE || status.state == State.REJECTED;
        return dueOn == null ? null : (Boolean) (!isSettled && dueOn.isBefore(day));
    }

    /**
     * Where it was made.
     *
     * @param by inspectorate or body
     * @param reference {@value #NOT_STATED} if it has none
     * @param madeOn day from which it counts; figures are shown as at this day and now
     */
    public record Report(String by, String title, String reference, LocalDate madeOn) {}

    /** What kind of recommendation it is. */
    public enum Kind {
        URGENT,
        RECOMMENDATION,
        AREA_FOR_IMPROVEMENT;

        /** As written in the force folder. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * By when it should be done.
     *
     * @param within as the report words it, such as within 3 months
     * @param on a day, or {@value #NOT_STATED}
     */
    public record Due(String within, String on) {

        /** The day; null if none is stated. */
        public @Nullable LocalDate date() {
            return NOT_STATED.equals(on) ? null : LocalDate.parse(on);
        }
    }

    /** How far it is. */
    public enum State {
        OPEN,
        IN_PROGRESS,
        DONE,
        REJECTED;

        /** As written in the force folder. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How far it is, as the force says.
     *
     * @param on since when
     * @param decidedBy who decided that: a role or a meeting
     * @param evidence what shows it; never null if it is done
     */
    public record Status(
            State state,
            LocalDate on,
            String decidedBy,
            @Nullable String evidence) {}

    /** In which direction a figure would be better. */
    public enum Direction {
        LOWER,
        HIGHER;

        /** As written in the force folder. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A figure that shows it: a measure of a queue, or a query.
     *
     * @param better the direction that would be better
     * @param queue null exactly where there is a query, as is the measure
     * @param measure a column of {@code mart.queue_daily}
     * @param slice null for the total of the queue, as is its value
     * @param query Spark SQL over the marts, with {@code :as_at}, that returns one row with a column {@code value} and,
     *     if it can, {@code version} and {@code reason}
     */
    public record Figure(
            @JsonProperty("figure") String name,
            String title,
            String unit,
            Direction better,
            @Nullable String queue,
            @Nullable String measure,
            @Nullable String slice,
            @Nullable String value,
            @Nullable String query) {

        /** Rejects a figure that is neither of a queue nor of a query, or both. */
        public Figure {
            if ((queue == null) == (query == null) || (queue == null) != (measure == null)) {
                throw new IllegalArgumentException("figure " + name + " must be a measure of a queue or a query");
            }
        }
    }
}
