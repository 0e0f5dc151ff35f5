package uk.fpw.warehouse.force.recommendation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A recommendation made to a force: {@code recommendations/<name>.yml}. The force says whether it is done; figures are
 * shown beside it but decide nothing.
 *
 * @param words its text
 * @param quoted whether the text is quoted from the report; otherwise it is in the force's own words
 * @param owner role in the force that is responsible for it
 * @param figures in the order of the file; empty if no figure relates to it
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

    /** Value for what a report does not state. */
    public static final String NOT_STATED = "not stated";

    public Recommendation {
        figures = List.copyOf(figures);
    }

    /**
     * Whether the force should have done it before a day, and has neither done nor rejected it; null if no date is
     * stated.
     */
    public @Nullable Boolean isOverdue(LocalDate day) {
        LocalDate dueOn = due.date();
        boolean isSettled = status.state == State.DONE || status.state == State.REJECTED;
        return dueOn == null ? null : (Boolean) (!isSettled && dueOn.isBefore(day));
    }

    /**
     * The report that made it.
     *
     * @param by inspectorate or body
     * @param reference {@value #NOT_STATED} if it has none
     * @param madeOn day on which it was made; figures are shown as at this day and now
     */
    public record Report(String by, String title, String reference, LocalDate madeOn) {}

    /** The kind of recommendation. */
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
     * @param within in the words of the report, such as within 3 months
     * @param on date, or {@value #NOT_STATED}
     */
    public record Due(String within, String on) {

        /** The due date; null if none is stated. */
        public @Nullable LocalDate date() {
            return NOT_STATED.equals(on) ? null : LocalDate.parse(on);
        }
    }

    /** Progress of a recommendation. */
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
     * Progress according to the force.
     *
     * @param on date since when
     * @param decidedBy role or meeting that decided so
     * @param evidence evidence; never null if it is done
     */
    public record Status(
            State state,
            LocalDate on,
            String decidedBy,
            @Nullable String evidence) {}

    /** The direction in which a figure would improve. */
    public enum Direction {
        LOWER,
        HIGHER;

        /** As written in the force folder. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A related figure: a measure of a queue, or a query.
     *
     * @param better direction of improvement
     * @param queue null exactly if there is a query, as is the measure
     * @param measure a column of {@code mart.queue_daily}
     * @param slice null for the total of the queue, as is the value
     * @param query Spark SQL over the marts, with {@code :as_at}, that returns one row with a column {@code value} and
     *     optionally {@code version} and {@code reason}
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

        public Figure {
            if ((queue == null) == (query == null) || (queue == null) != (measure == null)) {
                throw new IllegalArgumentException("figure " + name + " must be a measure of a queue or a query");
            }
        }
    }
}
