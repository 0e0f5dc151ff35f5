package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A queue as a named, versioned definition: {@code queues/<name>.yml}.
 *
 * @param itemKind kind of item that waits here, as in the staging queries
 * @param itemUnit what the counts count, in the plural, such as {@code computers}
 * @param enters events that open an item's first spell
 * @param reEnters events that open a further spell, each with its reason
 * @param leaves events that close a spell, each with what the exit is called and whether it counts as the work being
 *     done
 * @param slices attributes, taken from the opening event, by which the figures are sliced
 * @param observedFrom first day from which the source is complete; items that entered earlier enter the waits late.
 *     Null: from the first event
 * @param earliestEntry entries on an earlier date are implausible: such an item is counted, but without an age
 *     or wait
 * @param provisionalDays the most recent days whose figures are expected to change through late records, at least; 0
 *     for none. See {@link uk.fpw.warehouse.force.Coverage#provisionalDays}
 * @param ageBandLimits inclusive upper limits of the age bands in days, ascending; the last band is open
 * @param parent queue of which this one is a stage; null if it is not a stage
 * @param variantOf queue of which this one is a variant, so that the two are never added; null if it
 *     is not a variant
 * @param standards how soon an item should be served; the first that applies to an item is the one that counts of what
 *     is past it use
 * @param comparisons whose waits are compared; no part of what the queue means
 * @param limits what stops a release; no part of what the queue means
 */
public record Queue(
        @JsonProperty("queue") String name,
        int version,
        String title,
        String description,
        String itemKind,
        String itemUnit,
        List<String> enters,
        List<ReEntry> reEnters,
        List<Exit> leaves,
        List<String> slices,
        @Nullable LocalDate observedFrom,
        LocalDate earliestEntry,
        int provisionalDays,
        @JsonProperty("age_bands") List<Integer> ageBandLimits,
        @Nullable String parent,
        @Nullable String variantOf,
        List<Standard> standards,
        List<WaitComparison> comparisons,
        Limits limits) {

    public Queue {
        enters = List.copyOf(enters);
        reEnters = List.copyOf(reEnters);
        leaves = List.copyOf(leaves);
        slices = List.copyOf(slices);
        ageBandLimits = List.copyOf(ageBandLimits);
        standards = List.copyOf(standards);
        comparisons = List.copyOf(comparisons);
    }

    /**
     * What stops a release because of this queue.
     *
     * @param maxLeftOutShare share of the items that may be excluded from the queue or have no known age
     * @param maxChangedSpellsShare share of the current release's spells that may be gone or changed in the next one
     * @param maxTotalStepShare share by which the total waiting on the last day that both know may differ
     * @param maxClosedShare share of the open items that may leave in one load for one reason
     */
    public record Limits(
            double maxLeftOutShare, double maxChangedSpellsShare, double maxTotalStepShare, double maxClosedShare) {}

    /** Every event by which an item enters, comes back or leaves. */
    public Set<String> events() {
        Set<String> events = new HashSet<>(enters);
        reEnters.forEach(again -> events.add(again.event()));
        leaves.forEach(exit -> events.add(exit.event()));
        return events;
    }

    /** An event that re-opens the queue for an item, and why: {@code further work}, {@code returned unexamined}. */
    public record ReEntry(String event, String reason) {}

    /** An event that ends a spell; {@code served} says that the work the item waited for was done. */
    public record Exit(String event, String as, boolean served) {}

    /**
     * How soon an item should be served: exactly one of {@code withinHours} and {@code withinDays} is given.
     *
     * @param withinHours elapsed hours from entering to leaving
     * @param withinDays days between the local dates of entering and leaving
     * @param when slices of the queue with the values of which an item must have one at entry; empty: the standard
     *     applies to every item
     */
    public record Standard(
            @JsonProperty("standard") String name,
            String title,
            @Nullable Integer withinHours,
            @Nullable Integer withinDays,
            Map<String, List<String>> when) {

        /** Refuses a standard with both limits or none. */
        public Standard {
            if ((withinHours == null) == (withinDays == null)) {
                throw new IllegalArgumentException("standard " + name + ": set hours or days");
            }
            when = Collections.unmodifiableMap(new LinkedHashMap<>(when));
        }
    }
}
