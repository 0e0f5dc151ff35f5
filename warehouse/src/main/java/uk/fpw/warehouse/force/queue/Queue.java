package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A named, versioned definition of a queue: {@code queues/<name>.yml}.
 *
 * @param itemKind kind of item that waits in the queue, as in the staging queries
 * @param itemUnit what is counted, in the plural, such as {@code computers}
 * @param enters events that open an item's first spell
 * @param reEnters events that open a further spell, each with its reason
 * @param leaves events that close a spell, each with the name of the exit and whether it means that the work was done
 * @param slices attributes of the opening event by which figures are sliced
 * @param cross pairs of these by which figures are sliced as well; not part of the meaning of the queue: no other
 *     figure changes with them
 * @param observedFrom first day from which the source is complete; items that entered earlier are left-truncated in the
 *     waits. Null means from the first event
 * @param earliestEntry entries on an earlier date are implausible; the item is counted, but without an age or wait
 * @param provisionalDays minimum number of recent days whose figures are expected to change because of late records; 0
 *     for none. See {@link uk.fpw.warehouse.force.Coverage#provisionalDays}
 * @param ageBandLimits inclusive upper limits of the age bands in days, ascending; the last band is open
 * @param parent queue of which this one is a stage; null if it is not a stage
 * @param variantOf queue of which this one is a variant, so that the two are never added; null if it is not a variant
 * @param isInPublications whether its counts may leave the force; not part of the meaning of the queue
 * @param service on which days it is served; flows are charted per such day. Not part of the meaning of the queue: it
 *     changes no count, only by what monthly flows are divided
 * @param primary the measure by which a verdict on a period is given; null for the default, see
 *     {@link #primaryMeasure()}. This, {@code better} and {@code mattersFrom} are not part of the meaning of the queue:
 *     they change no figure, only what is said about the difference of two
 * @param better in which direction the primary measure gets better; null for the default, see {@link #betterWhen()}
 * @param mattersFrom smallest difference that matters: of counts and rates of leaving relative to the earlier period,
 *     of shares in itself; 0.05 is 5 % or 5 percentage points
 * @param standards how soon an item should be served; counts of overdue items use the first standard that applies to an
 *     item
 * @param comparisons groups whose waits are compared; not part of the meaning of the queue
 * @param limits limits for releases; not part of the meaning of the queue
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
        List<List<String>> cross,
        @Nullable LocalDate observedFrom,
        LocalDate earliestEntry,
        int provisionalDays,
        @JsonProperty("age_bands") List<Integer> ageBandLimits,
        @Nullable String parent,
        @Nullable String variantOf,
        @JsonProperty("in_publications") boolean isInPublications,
        Service service,
        @Nullable PrimaryMeasure primary,
        @Nullable Better better,
        double mattersFrom,
        List<Standard> standards,
        List<WaitComparison> comparisons,
        Limits limits) {

    /** In {@link #presentation()}, for a queue without pairs of slices, or without targets. */
    public static final String NONE = "none";

    public Queue {
        enters = List.copyOf(enters);
        reEnters = List.copyOf(reEnters);
        leaves = List.copyOf(leaves);
        slices = List.copyOf(slices);
        cross = cross.stream().map(List::copyOf).toList();
        ageBandLimits = List.copyOf(ageBandLimits);
        standards = List.copyOf(standards);
        comparisons = List.copyOf(comparisons);
    }

    /** Names of all slices: by one attribute, then by two, such as {@code device_type x priority}. */
    public List<String> allSlices() {
        return Stream.concat(slices.stream(), crossed()).toList();
    }

    private Stream<String> crossed() {
        return cross.stream().map(pair -> CrossedSlice.name(pair.get(0), pair.get(1)));
    }

    /**
     * What changes no count, only how figures are charted and judged, and by which pairs of slices there are more, and
     * may therefore change under the same version: by name of the field, as text, defaults included. Releases keep
     * these, and say since when they are as they are.
     */
    public SortedMap<String, String> presentation() {
        SortedMap<String, String> fields = new TreeMap<>();
        fields.put("service", service.declared());
        fields.put("cross", cross.isEmpty() ? NONE : crossed().sorted().collect(Collectors.joining(", ")));
        fields.put("primary", primaryMeasure().code());
        fields.put("better", betterWhen().code());
        fields.put("matters_from", String.valueOf(mattersFrom));
        String targets = standards.stream()
                .filter(standard -> standard.target() != null)
                .map(standard -> standard.name() + " " + standard.target())
                .sorted()
                .collect(Collectors.joining(", "));
        fields.put("targets", targets.isEmpty() ? NONE : targets);
        return fields;
    }

    /**
     * Limits of this queue that stop a release.
     *
     * @param maxLeftOutShare maximum share of items excluded from the queue or without a known age
     * @param maxChangedSpellsShare maximum share of the current release's spells that are gone or changed in the next
     * @param maxTotalStepShare maximum relative change of the total waiting on the last day known to both
     * @param maxClosedShare maximum share of open items that leave in one load for the same reason
     */
    public record Limits(
            double maxLeftOutShare, double maxChangedSpellsShare, double maxTotalStepShare, double maxClosedShare) {}

    /** The declared primary measure; otherwise the late share where there is a standard, or the time waited. */
    public PrimaryMeasure primaryMeasure() {
        if (primary != null) {
            return primary;
        }
        return standards.isEmpty() ? PrimaryMeasure.TIME_WAITED : PrimaryMeasure.LATE_SHARE;
    }

    /** In which direction it gets better: as declared, otherwise higher for exits and lower for everything else. */
    public Better betterWhen() {
        if (better != null) {
            return better;
        }
        return switch (primaryMeasure()) {
            case LEFT, SERVED -> Better.HIGHER;
            case RECEIVED, NET_CHANGE, LATE_SHARE, TIME_WAITED -> Better.LOWER;
        };
    }

    /** All events by which an item enters, comes back or leaves. */
    public Set<String> events() {
        Set<String> events = new HashSet<>(enters);
        reEnters.forEach(again -> events.add(again.event()));
        leaves.forEach(exit -> events.add(exit.event()));
        return events;
    }

    /**
     * An event that re-opens the queue for an item, with the reason, such as {@code further work} or
     * {@code returned unexamined}.
     */
    public record ReEntry(String event, String reason) {}

    /** An event that ends a spell; {@code served} means that the work the item waited for was done. */
    public record Exit(String event, String as, boolean served) {}

    /**
     * How soon an item should be served: exactly one of {@code withinHours} and {@code withinDays} is set.
     *
     * @param withinHours maximum elapsed hours from entering to leaving
     * @param withinDays maximum days between the local dates of entering and leaving
     * @param target share of the items due in a month that should meet it; null if none is declared. Not part of the
     *     meaning of the queue: it changes no figure
     * @param when slices of the queue, each with the values of which an item must have one at entry; empty if the
     *     standard applies to every item
     */
    public record Standard(
            @JsonProperty("standard") String name,
            String title,
            @Nullable Integer withinHours,
            @Nullable Integer withinDays,
            @Nullable Double target,
            Map<String, List<String>> when) {

        /** A standard without a target. */
        public Standard(
                String name,
                String title,
                @Nullable Integer withinHours,
                @Nullable Integer withinDays,
                Map<String, List<String>> when) {
            this(name, title, withinHours, withinDays, null, when);
        }

        public Standard {
            if ((withinHours == null) == (withinDays == null)) {
                throw new IllegalArgumentException("standard " + name + ": set hours or days");
            }
            when = Collections.unmodifiableMap(new LinkedHashMap<>(when));
        }
    }
}
