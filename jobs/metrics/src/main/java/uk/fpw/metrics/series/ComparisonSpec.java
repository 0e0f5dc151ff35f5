package uk.fpw.metrics.series;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.lifecycle.Spell;
import uk.fpw.warehouse.force.ComparisonFingerprint;
import uk.fpw.warehouse.force.EntryRefusals;
import uk.fpw.warehouse.force.queue.CalendarPeriod;
import uk.fpw.warehouse.force.queue.PeriodKind;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.queue.WaitComparison;
import uk.fpw.warehouse.message.Declaration;

/**
 * What counting needs to know about a comparison of waits.
 *
 * @param slice position of the slice whose values are compared; -1 if periods are compared
 * @param kind kind of the periods that are compared; null if values of a slice are compared
 * @param isEvery whether each period is compared with the previous one
 * @param groups the groups in order, if they are named; otherwise empty
 * @param within position of the slice within whose values groups are compared (strata); -1 if there is none
 * @param declaration since when it has been declared; null if that is unknown
 * @param refusal why nothing is compared; null if something is
 * @param spans periods of any length that are compared, the latest first; otherwise empty
 */
public record ComparisonSpec(
        String name,
        String title,
        WaitComparison.By by,
        int slice,
        @Nullable PeriodKind kind,
        boolean isEvery,
        List<Group> groups,
        int within,
        @Nullable Declaration declaration,
        @Nullable String refusal,
        List<ComparedPeriods.Span> spans)
        implements Serializable {

    public static final int NO_SLICE = -1;

    /** A comparison that a queue declares. */
    public ComparisonSpec(
            String name,
            String title,
            WaitComparison.By by,
            int slice,
            @Nullable PeriodKind kind,
            boolean isEvery,
            List<Group> groups,
            int within,
            @Nullable Declaration declaration,
            @Nullable String refusal) {
        this(name, title, by, slice, kind, isEvery, groups, within, declaration, refusal, List.of());
    }

    /** Time at risk in periods of any length; each group has the number of years before as its period. */
    static ComparisonSpec ofSpans(String name, List<ComparedPeriods.Span> spans) {
        return new ComparisonSpec(
                name,
                name,
                WaitComparison.By.WINDOW,
                NO_SLICE,
                null,
                false,
                spans.stream().map(span -> new Group(span.yearsBefore(), "")).toList(),
                NO_SLICE,
                null,
                null,
                spans);
    }

    /**
     * A group of spells.
     *
     * @param period number of a period; 0 for a value of a slice
     * @param value value of a slice; empty for a period
     */
    public record Group(int period, String value) implements Serializable {}

    /** The comparisons of a queue, in order. */
    static List<ComparisonSpec> of(
            Queue queue,
            EntryRefusals refusals,
            @Nullable LocalDate retainedFrom,
            Map<String, Declaration> declarations) {
        return queue.comparisons().stream()
                .map(comparison -> of(
                        comparison,
                        comparison.groupsFrom(retainedFrom),
                        queue.slices(),
                        declarations.get(ComparisonFingerprint.of(queue, comparison)),
                        refusals.ofComparison(comparison)))
                .toList();
    }

    private static ComparisonSpec of(
            WaitComparison comparison,
            List<String> groups,
            List<String> slices,
            @Nullable Declaration declaration,
            @Nullable String refusal) {
        boolean isBySlice = comparison.by() == WaitComparison.By.SLICE;
        return new ComparisonSpec(
                comparison.name(),
                comparison.title(),
                comparison.by(),
                isBySlice ? slices.indexOf(comparison.slice()) : NO_SLICE,
                comparison.periodKind(),
                comparison.every() != null,
                groups.stream()
                        .map(name -> isBySlice ? new Group(0, name) : new Group(period(name), ""))
                        .toList(),
                comparison.within() == null ? NO_SLICE : slices.indexOf(comparison.within()),
                declaration,
                refusal);
    }

    private static int period(String title) {
        return Objects.requireNonNull(CalendarPeriod.parse(title), title).number();
    }

    /**
     * Whether all spells of a part's group are there; see {@link QueueSpec#isRetained}. A value of a slice is the group
     * of those that entered from that day on.
     */
    public boolean isRetained(QueueSpec queue, ObservedSpell spell, Part part) {
        if (!spans.isEmpty()) {
            return queue.isRetained(span(part.group()).from());
        }
        return queue.isRetained(
                kind == null
                        ? spell.enteredOn()
                        : Period.of(kind).firstDay(part.group().period()));
    }

    /** Whether the value at entry is unknown: such items are in no group. */
    private static boolean isUnknown(int slice, IntFunction<String> value) {
        return slice != NO_SLICE && value.apply(slice).equals(Spell.NOT_KNOWN);
    }

    /**
     * The part of a spell that belongs to a group.
     *
     * @param fromOn first day on which it is at risk there
     * @param toOn last day
     * @param exitReason position of how it left at the end of that day; {@link ObservedSpell#STILL_WAITING} if it did
     *     not
     */
    public record Part(Group group, int fromOn, int toOn, int exitReason) {}

    /**
     * The parts of a spell, by group.
     *
     * @param value values of the queue's slices at entry, by position
     */
    public List<Part> parts(ObservedSpell spell, IntFunction<String> value) {
        if (!spans.isEmpty()) {
            return partsOfSpans(spell);
        }
        if (isUnknown(slice, value) || isUnknown(within, value)) {
            return List.of();
        }
        List<Part> parts =
                switch (by) {
                    case COHORT -> List.of(whole(spell, new Group(periodOf(spell.enteredOn()), "")));
                    case SLICE -> List.of(whole(spell, new Group(0, value.apply(slice))));
                    case WINDOW ->
                        Window.of(periodKind(), spell).stream()
                                .map(window -> new Part(
                                        new Group(window.period(), ""),
                                        window.fromOn(),
                                        window.toOn(),
                                        window.exitReason()))
                                .toList();
                };
        return groups.isEmpty()
                ? parts
                : parts.stream().filter(part -> groups.contains(part.group())).toList();
    }

    private List<Part> partsOfSpans(ObservedSpell spell) {
        // the latest period comes first
        if (spell.observedToOn() < spans.get(spans.size() - 1).from()
                || spell.observedFromOn() > spans.get(0).to()) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>(1);
        for (int i = 0; i < spans.size(); i++) {
            ComparedPeriods.Span span = spans.get(i);
            if (spell.observedFromOn() <= span.to() && spell.observedToOn() >= span.from()) {
                parts.add(new Part(
                        groups.get(i),
                        Math.max(span.from(), spell.observedFromOn()),
                        Math.min(span.to(), spell.observedToOn()),
                        spell.observedToOn() <= span.to() ? spell.reasonLeft() : ObservedSpell.STILL_WAITING));
            }
        }
        return parts;
    }

    /** The period of a group of a comparison of {@code spans}. */
    public ComparedPeriods.Span span(Group group) {
        return Objects.requireNonNull(ComparedPeriods.ofGroup(spans, group), name);
    }

    private static Part whole(ObservedSpell spell, Group group) {
        return new Part(group, spell.observedFromOn(), spell.observedToOn(), spell.reasonLeft());
    }

    private int periodOf(int day) {
        return Period.of(periodKind()).of(day);
    }

    private PeriodKind periodKind() {
        return Objects.requireNonNull(kind, name);
    }
}
