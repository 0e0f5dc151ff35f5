package uk.fpw.metrics.series;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.lifecycle.Spell;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.EntryRefusals;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.change.Changes;
import uk.fpw.warehouse.force.queue.ComparedWindow;
import uk.fpw.warehouse.force.queue.CrossedSlice;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.queue.Service;
import uk.fpw.warehouse.message.Declaration;

/**
 * What counting needs to know about a queue definition, with names replaced by positions.
 *
 * @param stages how the queue relates to others
 * @param observedFrom first day of which everything is known: that from which the source is complete, or
 *     {@code retainedFrom} if later; {@link #NONE} if the source is complete from the first event
 * @param retainedFrom the day before which items that were closed may have been removed; {@link #NONE} if none was
 * @param earliestEntry entries before this day are implausible
 * @param dataAsAt last known day of the queue
 * @param unavailableReason why that is not the business date; null if it is
 * @param slices attributes by which the figures are sliced, without the total, then pairs of these (see
 *     {@link CrossedSlice})
 * @param changing of these, attributes whose values change in the source: waiting items are also sliced by the
 *     current values
 * @param exitReasons how items leave, in alphabetical order; exits are counted by position
 * @param servedReasons for each exit reason, whether it means that the work was done
 * @param reentryReasons why items come back, in alphabetical order; re-entries are counted by position
 * @param bandsFrom first age in days of each age band, ascending; the last band is open
 * @param standards the measured standards; without any that needs a value at entry whose origin is not declared
 * @param service on which days it is served; its flows are charted per such day
 * @param analysis what its figures are compared with
 */
public record QueueSpec(
        String name,
        int version,
        String itemKind,
        String itemUnit,
        Stages stages,
        int observedFrom,
        int retainedFrom,
        int earliestEntry,
        int dataAsAt,
        @Nullable String unavailableReason,
        int provisionalDays,
        List<String> slices,
        List<String> changing,
        List<String> exitReasons,
        List<Boolean> servedReasons,
        List<String> reentryReasons,
        List<Integer> bandsFrom,
        List<Standard> standards,
        Service service,
        Analysis analysis)
        implements Serializable {

    /** Reason for a re-entry by an event that enters the queue without being declared as bringing items back. */
    public static final String RECEIVED_AGAIN = "received again";

    /** Placeholder for a missing day or limit. */
    public static final int NONE = ObservedSpell.NONE;

    /** That the work was done, where exits are told apart by that alone. */
    public static final int SERVED = 0;

    /** That it was not. */
    public static final int UNSERVED = 1;

    /** Suffix of a slice by current values rather than those at entry. No attribute has such a name. */
    private static final String NOW = " (now)";

    /**
     * How a queue relates to others.
     *
     * @param parent position of the queue of which it is a stage; -1 if it is none
     * @param isAny whether other queues are stages of this one
     * @param haveStandard whether one of its stages has a standard
     * @param knownTo last day known of all its stages; the largest number if there are none
     */
    public record Stages(int parent, boolean isAny, boolean haveStandard, int knownTo) implements Serializable {

        /** A queue that is not a stage and has none. */
        public static final Stages NONE = new Stages(-1, false, false, Integer.MAX_VALUE);

        private static Stages of(Queue queue, Force force, Coverage coverage) {
            List<Queue> own = force.queues().stream()
                    .filter(other -> queue.name().equals(other.parent()))
                    .toList();
            return new Stages(
                    force.queues().stream().map(Queue::name).toList().indexOf(queue.parent()),
                    !own.isEmpty(),
                    own.stream().anyMatch(stage -> !stage.standards().isEmpty()),
                    own.stream()
                            .mapToInt(stage -> (int)
                                    coverage.asAt(force.feedsBehind(stage)).toEpochDay())
                            .min()
                            .orElse(Integer.MAX_VALUE));
        }
    }

    /**
     * What the figures of a queue are compared with.
     *
     * @param comparisons groups whose waits are compared: those that the queue declares, then one for each kind of
     * period
     * @param rebasedOn days from which control charts use new limits, ascending
     * @param refusedSlices slices without curves and standards, with the reason
     * @param periods periods that are compared with those of earlier years
     */
    public record Analysis(
            List<ComparisonSpec> comparisons,
            List<Integer> rebasedOn,
            Map<String, String> refusedSlices,
            ComparedPeriods periods)
            implements Serializable {

        /** Without periods that are compared. */
        public Analysis(List<ComparisonSpec> comparisons, List<Integer> rebasedOn, Map<String, String> refusedSlices) {
            this(comparisons, rebasedOn, refusedSlices, ComparedPeriods.NONE);
        }

        /** For a queue that declares nothing. */
        public static final Analysis NONE = new Analysis(List.of(), List.of(), Map.of());

        private static Analysis of(
                Queue queue,
                EntryRefusals refusals,
                @Nullable LocalDate retainedFrom,
                Changes changes,
                Map<String, Declaration> declarations,
                ComparedPeriods periods) {
            return new Analysis(
                            ComparisonSpec.of(queue, refusals, retainedFrom, declarations),
                            changes.rebasesOf(queue.name()).stream()
                                    .map(rebase -> (int) rebase.from().toEpochDay())
                                    .toList(),
                            refusals.slices())
                    .with(periods);
        }

        /** The same with periods that are compared, and the waits in them. */
        public Analysis with(ComparedPeriods compared) {
            return new Analysis(
                    Stream.of(comparisons, compared.comparisons())
                            .flatMap(List::stream)
                            .toList(),
                    rebasedOn,
                    refusedSlices,
                    compared);
        }
    }

    /**
     * How soon an item should be served; one limit is set, the other is {@link #NONE}.
     *
     * @param conditions required values at entry, by the position of the slice; all must hold
     */
    public record Standard(String name, int withinHours, int withinDays, Map<Integer, Set<String>> conditions)
            implements Serializable {

        /** Whether it applies to an item, as far as is known. */
        public enum Applies {
            YES,
            NO,
            /** It depends on an unknown value at entry. */
            PERHAPS
        }

        /** Whether it applies to an item with these values, in the order of the queue's slices. */
        public Applies appliesTo(String[] values) {
            Applies applies = Applies.YES;
            for (Map.Entry<Integer, Set<String>> condition : conditions.entrySet()) {
                String value = values[condition.getKey()];
                if (!condition.getValue().contains(value)) {
                    if (!value.equals(Spell.NOT_KNOWN)) {
                        return Applies.NO;
                    }
                    applies = Applies.PERHAPS;
                }
            }
            return applies;
        }

        private boolean canApplyTo(String slice, String value, List<String> slices) {
            return conditions.entrySet().stream().allMatch(condition -> {
                String attribute = slices.get(condition.getKey());
                return condition.getValue().stream()
                        .anyMatch(required -> CrossedSlice.mayHave(slice, value, attribute, required));
            });
        }
    }

    /** The queues of a force in order, given how far they are known. */
    public static List<QueueSpec> of(Force force, Coverage coverage) {
        return of(force, coverage, Map.of());
    }

    /**
     * As {@link #of(Force, Coverage)}, with what earlier releases had.
     *
     * @param declarations since when comparisons have been declared, by where they are declared
     */
    public static List<QueueSpec> of(Force force, Coverage coverage, Map<String, Declaration> declarations) {
        return force.queues().stream()
                .map(queue -> of(queue, force, coverage, declarations))
                .toList();
    }

    /** The slices that are attributes, in order. */
    public List<String> attributes() {
        return slices.stream().filter(slice -> !CrossedSlice.isCrossed(slice)).toList();
    }

    private static QueueSpec of(Queue queue, Force force, Coverage coverage, Map<String, Declaration> declarations) {
        SortedMap<String, Boolean> reasons = new TreeMap<>();
        queue.leaves().forEach(exit -> reasons.merge(exit.as(), exit.served(), Boolean::logicalOr));
        SortedSet<String> returns = new TreeSet<>(Set.of(RECEIVED_AGAIN));
        queue.reEnters().forEach(again -> returns.add(again.reason()));
        List<Integer> bands = new ArrayList<>(List.of(0));
        queue.ageBandLimits().forEach(limit -> bands.add(limit + 1));
        Set<String> feeds = force.feedsBehind(queue);
        LocalDate retainedFrom = coverage.retainedFrom(feeds);
        EntryRefusals refusals = EntryRefusals.of(force, queue);
        return new QueueSpec(
                queue.name(),
                queue.version(),
                queue.itemKind(),
                queue.itemUnit(),
                Stages.of(queue, force, coverage),
                Math.max(day(queue.observedFrom()), day(retainedFrom)),
                day(retainedFrom),
                (int) queue.earliestEntry().toEpochDay(),
                (int) coverage.asAt(feeds).toEpochDay(),
                coverage.reason(force, feeds),
                coverage.provisionalDays(queue),
                queue.allSlices(),
                force.changingSlices(queue),
                List.copyOf(reasons.keySet()),
                List.copyOf(reasons.values()),
                List.copyOf(returns),
                List.copyOf(bands),
                queue.standards().stream()
                        .filter(standard -> refusals.ofStandard(standard) == null)
                        .map(standard -> standard(queue, standard))
                        .toList(),
                queue.service(),
                Analysis.of(
                        queue,
                        refusals,
                        retainedFrom,
                        force.changes(),
                        declarations,
                        ComparedPeriods.of(queue, coverage.comparedWindows(queue, feeds))));
    }

    private static int day(@Nullable LocalDate day) {
        return day == null ? NONE : (int) day.toEpochDay();
    }

    /**
     * Whether all items that entered from a day on are there, whenever they were closed: of those before it, only the
     * ones that took long may be left.
     */
    public boolean isRetained(int day) {
        return day >= retainedFrom;
    }

    /** Why a series has no curves and standards; null if it has. */
    public @Nullable String refusal(SeriesKey series) {
        return series.isTotal() ? null : analysis.refusedSlices().get(sliceName(series));
    }

    /** {@link #SERVED} or {@link #UNSERVED} for an exit's position; {@link ObservedSpell#STILL_WAITING} for none. */
    public int outcome(int exitReason) {
        if (exitReason == ObservedSpell.STILL_WAITING) {
            return ObservedSpell.STILL_WAITING;
        }
        return servedReasons.get(exitReason) ? SERVED : UNSERVED;
    }

    /** Name of the slice of a series of this queue; {@code all} for the total. */
    public String sliceName(SeriesKey series) {
        if (isNow(series)) {
            return changing.get(series.slice() - slices.size()) + NOW;
        }
        return series.isTotal() ? SeriesKey.ALL : slices.get(series.slice());
    }

    /** Whether a series is sliced by current values; in such a series only waiting items are counted. */
    public boolean isNow(SeriesKey series) {
        return series.slice() >= slices.size();
    }

    /** Groups of items whose waits are counted for comparison: first those of declared comparisons, then periods. */
    public List<ComparisonSpec> comparisons() {
        return analysis.comparisons();
    }

    /** How many of these are declared by the queue, the first ones. */
    public int declaredComparisons() {
        return comparisons().size() - analysis.periods().comparisons().size();
    }

    /** Periods that are compared with those of earlier years. */
    public ComparedPeriods periods() {
        return analysis.periods();
    }

    /** Position of the comparison of waits in the periods of a kind. */
    public int comparisonOf(ComparedWindow.Kind kind) {
        return declaredComparisons() + List.of(ComparedWindow.Kind.values()).indexOf(kind);
    }

    private static Standard standard(Queue queue, Queue.Standard standard) {
        Map<Integer, Set<String>> conditions = new TreeMap<>();
        standard.when()
                .forEach((slice, values) -> conditions.put(queue.slices().indexOf(slice), new HashSet<>(values)));
        return new Standard(
                standard.name(),
                standard.withinHours() == null ? NONE : standard.withinHours(),
                standard.withinDays() == null ? NONE : standard.withinDays(),
                conditions);
    }

    /** Whether a standard can apply to an item of a series. */
    public boolean hasStandard(SeriesKey series) {
        return series.isTotal()
                ? !standards.isEmpty()
                : standards.stream()
                        .anyMatch(standard -> standard.canApplyTo(sliceName(series), series.value(), slices));
    }

    /** First day on which the source would have shown an item that entered on a day. */
    public int observedFrom(int enteredOn) {
        return Math.max(enteredOn, observedFrom);
    }
}
