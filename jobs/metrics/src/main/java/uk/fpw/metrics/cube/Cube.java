package uk.fpw.metrics.cube;

import java.io.Serializable;
import java.util.List;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.series.SeriesKey;
import uk.fpw.warehouse.force.queue.PeriodKind;

/**
 * Everything that is counted of one series. Two cubes of a series, counted over different contributors, add up to that
 * of both.
 */
public final class Cube implements Serializable {

    private static final List<PeriodKind> ALL_KINDS = List.of(PeriodKind.values());
    private static final List<PeriodKind> YEARS = List.of(PeriodKind.FINANCIAL_YEAR);

    private final FlowCounts flows = new FlowCounts();
    private final PresenceCounts presences = new PresenceCounts();
    private final OpenCounts open;
    private final ExitCounts exits = new ExitCounts();
    private final ReentryCounts reentries = new ReentryCounts();
    private final WaitCounts waits = new WaitCounts();
    private final WindowCounts windows = new WindowCounts();
    private final ComparisonCounts comparisons = new ComparisonCounts();
    private final StandardCounts standards = new StandardCounts();

    /** Without counts. */
    public Cube(int asOf) {
        open = new OpenCounts(asOf);
    }

    /**
     * Counts a spell.
     *
     * @param slice slice of the series, see {@link SeriesKey#slice()}
     */
    void add(QueueSpec queue, int slice, ObservedSpell spell) {
        flows.add(spell, spell.isFirstOfItemIn(slice));
        open.add(spell, queue);
        exits.add(spell);
        reentries.add(spell, queue);
        waits.add(spell);
        windowKinds(slice).forEach(kind -> windows.add(kind, spell));
        standards.add(spell);
    }

    /**
     * Counts a contributor, once every spell is counted by itself.
     *
     * @param slice slice of the series
     * @param spells all observed spells of the contributor in the series
     */
    void add(QueueSpec queue, int slice, List<ObservedSpell> spells) {
        Contributor contributor = new Contributor(spells);
        presences.add(contributor);
        open.add(contributor, queue);
        exits.add(contributor);
        reentries.add(contributor);
        waits.add(contributor);
        windowKinds(slice).forEach(kind -> windows.add(kind, contributor));
        standards.add(contributor);
    }

    /** Slices have too few spells for quarters. */
    private static List<PeriodKind> windowKinds(int slice) {
        return slice == SeriesKey.TOTAL ? ALL_KINDS : YEARS;
    }

    /** Adds what was counted elsewhere, over other contributors and up to the same day. */
    public Cube add(Cube other) {
        flows.add(other.flows);
        presences.add(other.presences);
        open.add(other.open);
        exits.add(other.exits);
        reentries.add(other.reentries);
        waits.add(other.waits);
        windows.add(other.windows);
        comparisons.add(other.comparisons);
        standards.add(other.standards);
        return this;
    }

    /** What came, what left and what is late, by day. */
    public FlowCounts flows() {
        return flows;
    }

    /** Distinct contributors by day and period. */
    public PresenceCounts presences() {
        return presences;
    }

    /** What waits, by its age. */
    public OpenCounts open() {
        return open;
    }

    /** How items left. */
    public ExitCounts exits() {
        return exits;
    }

    /** How items came back, and whether those that left did. */
    public ReentryCounts reentries() {
        return reentries;
    }

    /** How long they waited. */
    public WaitCounts waits() {
        return waits;
    }

    /** How long they waited in calendar periods: financial years, and quarters of totals. */
    public WindowCounts windows() {
        return windows;
    }

    /** How long the groups waited that are compared; of totals only. */
    public ComparisonCounts comparisons() {
        return comparisons;
    }

    /** Their outcomes under the standards. */
    public StandardCounts standards() {
        return standards;
    }
}
