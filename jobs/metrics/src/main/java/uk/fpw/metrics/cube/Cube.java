package uk.fpw.metrics.cube;

import java.io.Serializable;
import java.util.List;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.series.SeriesKey;
import uk.fpw.warehouse.force.queue.PeriodKind;

/** All counts of one series. Cubes of the same series over different contributors add up. */
public final class Cube implements Serializable {

    private static final List<PeriodKind> ALL_KINDS = List.of(PeriodKind.values());
    private static final List<PeriodKind> YEARS = List.of(PeriodKind.FINANCIAL_YEAR);

    private final FlowCounts flows = new FlowCounts();
    private final PresenceCounts presences = new PresenceCounts();
    private final QuarterContributors quarters;
    private final OpenCounts open;
    private final ExitCounts exits = new ExitCounts();
    private final ReentryCounts reentries = new ReentryCounts();
    private final WaitCounts waits = new WaitCounts();
    private final WindowCounts windows = new WindowCounts();
    private final ComparisonCounts comparisons = new ComparisonCounts();
    private final StandardCounts standards = new StandardCounts();
    private final SpanCounts spans = new SpanCounts();

    public Cube(int asOf) {
        open = new OpenCounts(asOf);
        quarters = new QuarterContributors(asOf);
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
        waits.add(spell, queue);
        windowKinds(slice).forEach(kind -> windows.add(kind, spell, queue));
        standards.add(spell);
    }

    /**
     * Counts a contributor, after each of its spells has been counted.
     *
     * @param slice slice of the series
     * @param spells all observed spells of the contributor in the series
     */
    void add(QueueSpec queue, int slice, List<ObservedSpell> spells) {
        Contributor contributor = new Contributor(spells);
        presences.add(contributor);
        if (slice == SeriesKey.TOTAL) {
            quarters.add(contributor);
            spans.add(queue, spells);
        }
        open.add(contributor, queue);
        exits.add(contributor);
        reentries.add(contributor);
        waits.add(contributor, queue);
        windowKinds(slice).forEach(kind -> windows.add(kind, contributor, queue));
        standards.add(contributor);
    }

    /** Slices have too few spells for quarters. */
    static List<PeriodKind> windowKinds(int slice) {
        return slice == SeriesKey.TOTAL ? ALL_KINDS : YEARS;
    }

    /** Adds counts over other contributors, up to the same day. */
    public Cube add(Cube other) {
        flows.add(other.flows);
        presences.add(other.presences);
        quarters.add(other.quarters);
        open.add(other.open);
        exits.add(other.exits);
        reentries.add(other.reentries);
        waits.add(other.waits);
        windows.add(other.windows);
        comparisons.add(other.comparisons);
        standards.add(other.standards);
        spans.add(other.spans);
        return this;
    }

    /** Entries, exits and late items, by day. */
    public FlowCounts flows() {
        return flows;
    }

    /** Distinct contributors by day and period. */
    public PresenceCounts presences() {
        return presences;
    }

    /** Distinct contributors received and waiting, by quarter; only for totals. */
    public QuarterContributors quarters() {
        return quarters;
    }

    /** Items waiting, by age. */
    public OpenCounts open() {
        return open;
    }

    /** Exits, by reason. */
    public ExitCounts exits() {
        return exits;
    }

    /** Re-entries, and what became of items that left. */
    public ReentryCounts reentries() {
        return reentries;
    }

    /** Days of wait, by cohort. */
    public WaitCounts waits() {
        return waits;
    }

    /** Days of wait in calendar periods: financial years, and quarters for totals. */
    public WindowCounts windows() {
        return windows;
    }

    /** Days of wait of compared groups; only for totals. */
    public ComparisonCounts comparisons() {
        return comparisons;
    }

    /** What happened in periods that are compared; only for totals. */
    public SpanCounts spans() {
        return spans;
    }

    /** Outcomes under the standards. */
    public StandardCounts standards() {
        return standards;
    }
}
