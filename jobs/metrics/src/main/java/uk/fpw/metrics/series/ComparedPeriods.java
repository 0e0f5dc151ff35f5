package uk.fpw.metrics.series;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.queue.Better;
import uk.fpw.warehouse.force.queue.ComparedWindow;
import uk.fpw.warehouse.force.queue.PrimaryMeasure;
import uk.fpw.warehouse.force.queue.Queue;

/**
 * The periods of a queue that are compared with the same ones of earlier years, and by what the difference is judged.
 *
 * @param periods by kind, the current one of a kind first; empty if none are compared
 */
public record ComparedPeriods(List<Span> periods, PrimaryMeasure primary, Better better, double mattersFrom)
        implements Serializable {

    /** Of a queue without periods. */
    public static final ComparedPeriods NONE =
            new ComparedPeriods(List.of(), PrimaryMeasure.TIME_WAITED, Better.LOWER, 0);

    /**
     * A period.
     *
     * @param yearsBefore 0 for the current one
     * @param from first day
     * @param to last day
     */
    public record Span(ComparedWindow.Kind kind, int yearsBefore, int from, int to) implements Serializable {

        /** Whether a day is in it. */
        public boolean has(int day) {
            return day >= from && day <= to;
        }

        /** Name in reasons, such as {@code the quarter from 2015-07-01}. */
        public String title() {
            return "the " + kind.words() + " from " + LocalDate.ofEpochDay(from);
        }
    }

    static ComparedPeriods of(Queue queue, List<ComparedWindow> windows) {
        return new ComparedPeriods(
                windows.stream()
                        .map(window -> new Span(
                                window.kind(),
                                window.yearsBefore(),
                                (int) window.from().toEpochDay(),
                                (int) window.to().toEpochDay()))
                        .toList(),
                queue.primaryMeasure(),
                queue.betterWhen(),
                queue.mattersFrom());
    }

    /** Whether something about a spell may have happened in a period, or its time under a standard have ended. */
    public boolean mayHaveAny(List<ObservedSpell> spells) {
        int first = Integer.MAX_VALUE;
        int last = Integer.MIN_VALUE;
        for (Span span : periods) {
            first = Math.min(first, span.from);
            last = Math.max(last, span.to);
        }
        for (ObservedSpell spell : spells) {
            if (spell.observedFromOn() <= last && (spell.observedToOn() >= first || spell.countingDueOn() >= first)) {
                return true;
            }
        }
        return false;
    }

    /** Position of a period; -1 if there is none. */
    public int position(ComparedWindow.Kind kind, int yearsBefore) {
        for (int i = 0; i < periods.size(); i++) {
            if (periods.get(i).kind() == kind && periods.get(i).yearsBefore() == yearsBefore) {
                return i;
            }
        }
        return -1;
    }

    /** The comparisons of waits in these periods: one for each kind, with a group for each year. */
    List<ComparisonSpec> comparisons() {
        return periods.isEmpty()
                ? List.of()
                : List.of(ComparedWindow.Kind.values()).stream()
                        .map(kind -> ComparisonSpec.ofSpans(
                                kind.words(),
                                periods.stream()
                                        .filter(span -> span.kind() == kind)
                                        .toList()))
                        .toList();
    }

    /** The period of a comparison of waits by the number of its group; null if there is none. */
    public static @Nullable Span ofGroup(List<Span> spans, ComparisonSpec.Group group) {
        return spans.stream()
                .filter(span -> span.yearsBefore() == group.period())
                .findFirst()
                .orElse(null);
    }
}
