package uk.fpw.metrics.cube;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.fpw.metrics.series.ComparedPeriods;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.QueueSpec;

/**
 * What happened in the periods that a queue compares with those of earlier years: items and distinct contributors, and
 * how unevenly items are spread over contributors. Only counted for the total of a queue. A few numbers, whatever the
 * number of contributors.
 */
public final class SpanCounts implements Serializable {

    /** What can happen to an item on a day. */
    public enum Event {
        /** It came in for the first time. */
        RECEIVED,
        /** It left for any reason. */
        LEFT,
        /** It left because the work was done. */
        SERVED,
        /** The time under the first standard that applies to it was over, and it is known whether in vain. */
        DUE,
        /** Of these, it had not left, or too late. */
        LATE
    }

    /**
     * Counts of one event in one period.
     *
     * @param items items
     * @param contributors distinct contributors
     * @param squares sum over contributors of the square of their items
     * @param squaresByDay sum over contributors and days of the square of their items on that day
     */
    public record Count(long items, long contributors, long squares, long squaresByDay) implements Serializable {

        public static final Count NONE = new Count(0, 0, 0, 0);

        private Count add(Count other) {
            return new Count(
                    items + other.items,
                    contributors + other.contributors,
                    squares + other.squares,
                    squaresByDay + other.squaresByDay);
        }
    }

    /** By position of the period. */
    private final Map<Integer, EnumMap<Event, Count>> counts = new HashMap<>();

    private final KeyedCounts dueByDay = KeyedCounts.none();
    private final KeyedCounts lateByDay = KeyedCounts.none();

    /** Distinct contributors with an observed spell in the period or in the current one of its kind, by position. */
    private final Map<Integer, Long> contributorsOfBoth = new HashMap<>();

    /** Items whose time under a standard was over, by day, of contributors with a spell in some period. */
    public KeyedCounts dueByDay() {
        return dueByDay;
    }

    /** Of these, the late ones. */
    public KeyedCounts lateByDay() {
        return lateByDay;
    }

    /** The counts of an event in a period, by its position among those of the queue. */
    public Count of(int period, Event event) {
        return counts.getOrDefault(period, new EnumMap<>(Event.class)).getOrDefault(event, Count.NONE);
    }

    /** Distinct contributors with an observed spell in a period or in the current one of its kind. */
    public long contributorsOfBoth(int period) {
        return contributorsOfBoth.getOrDefault(period, 0L);
    }

    /** Counts a contributor with all its observed spells in the queue. */
    void add(QueueSpec queue, List<ObservedSpell> spells) {
        List<ComparedPeriods.Span> periods = queue.periods().periods();
        if (!queue.periods().mayHaveAny(spells)) {
            return;
        }
        addPresence(queue.periods(), spells);
        for (Event event : Event.values()) {
            IntArrayList days = new IntArrayList(spells.size());
            for (ObservedSpell spell : spells) {
                int day = day(spell, event);
                if (day != QueueSpec.NONE) {
                    days.add(day);
                }
            }
            if (event == Event.DUE || event == Event.LATE) {
                KeyedCounts byDay = event == Event.DUE ? dueByDay : lateByDay;
                for (int i = 0; i < days.size(); i++) {
                    byDay.add(days.getInt(i), 1);
                }
            }
            if (!days.isEmpty()) {
                days.sort(null);
                for (int period = 0; period < periods.size(); period++) {
                    Count count = count(days, periods.get(period));
                    if (count.items > 0) {
                        counts.computeIfAbsent(period, any -> new EnumMap<>(Event.class))
                                .merge(event, count, Count::add);
                    }
                }
            }
        }
    }

    private void addPresence(ComparedPeriods compared, List<ObservedSpell> spells) {
        List<ComparedPeriods.Span> periods = compared.periods();
        for (int period = 0; period < periods.size(); period++) {
            ComparedPeriods.Span span = periods.get(period);
            ComparedPeriods.Span current = periods.get(compared.position(span.kind(), 0));
            for (ObservedSpell spell : spells) {
                if (isIn(spell, span) || isIn(spell, current)) {
                    contributorsOfBoth.merge(period, 1L, Long::sum);
                    break;
                }
            }
        }
    }

    private static boolean isIn(ObservedSpell spell, ComparedPeriods.Span span) {
        return spell.observedFromOn() <= span.to() && spell.observedToOn() >= span.from();
    }

    /** Day of an event; {@link QueueSpec#NONE} if it did not happen. */
    private static int day(ObservedSpell spell, Event event) {
        return switch (event) {
            case RECEIVED -> spell.isReentry() ? QueueSpec.NONE : spell.enteredOn();
            case LEFT -> spell.leftOn();
            case SERVED -> spell.isServed() ? spell.leftOn() : QueueSpec.NONE;
            case DUE -> due(spell, false);
            case LATE -> due(spell, true);
        };
    }

    /** Of earlier entries than those that were observed only the slow ones are known. */
    private static int due(ObservedSpell spell, boolean isLate) {
        if (!spell.isReentry() && spell.enteredOn() == spell.observedFromOn()) {
            for (ObservedSpell.Measured measured : spell.standards()) {
                if (measured.outcome().isCertain()) {
                    return switch (measured.outcome()) {
                        case FAILED -> measured.dueOn();
                        case MET, LEFT_UNSEEN -> isLate ? QueueSpec.NONE : measured.dueOn();
                        default -> QueueSpec.NONE;
                    };
                }
            }
        }
        return QueueSpec.NONE;
    }

    /** @param days ascending, all of one contributor */
    private static Count count(IntArrayList days, ComparedPeriods.Span span) {
        long items = 0;
        long squaresByDay = 0;
        long ofDay = 0;
        int latest = QueueSpec.NONE;
        for (int i = 0; i < days.size(); i++) {
            int day = days.getInt(i);
            if (span.has(day)) {
                ofDay = day == latest ? ofDay + 1 : 1;
                latest = day;
                items++;
                // the difference of successive squares
                squaresByDay += 2 * ofDay - 1;
            }
        }
        return items == 0 ? Count.NONE : new Count(items, 1, items * items, squaresByDay);
    }

    /** Adds counts over other contributors. */
    void add(SpanCounts other) {
        other.counts.forEach((period, events) ->
                events.forEach((event, count) -> counts.computeIfAbsent(period, any -> new EnumMap<>(Event.class))
                        .merge(event, count, Count::add)));
        dueByDay.addAll(other.dueByDay);
        lateByDay.addAll(other.lateByDay);
        other.contributorsOfBoth.forEach((period, count) -> contributorsOfBoth.merge(period, count, Long::sum));
    }
}
