package uk.fpw.metrics.cube;

import java.io.Serializable;
import java.util.List;

/**
 * Everything that is counted of one series. Two cubes of a series, counted over different contributors, add up to that
 * of both.
 */
public final class Cube implements Serializable {

    private final FlowCounts flows = new FlowCounts();
    private final PresenceCounts presences = new PresenceCounts();
    private final OpenCounts open;
    private final ExitCounts exits = new ExitCounts();
    private final WaitCounts waits = new WaitCounts();
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
        waits.add(spell);
        standards.add(spell);
    }

    /**
     * Counts a contributor, once every spell is counted by itself.
     *
     * @param spells all observed spells of the contributor in the series
     */
    void add(QueueSpec queue, List<ObservedSpell> spells) {
        Contributor contributor = new Contributor(spells);
        presences.add(contributor);
        open.add(contributor, queue);
        exits.add(contributor);
        waits.add(contributor);
        standards.add(contributor);
    }

    /** Adds what was counted elsewhere, over other contributors and up to the same day. */
    public Cube add(Cube other) {
        flows.add(other.flows);
        presences.add(other.presences);
        open.add(other.open);
        exits.add(other.exits);
        waits.add(other.waits);
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

    /** How long they waited. */
    public WaitCounts waits() {
        return waits;
    }

    /** Their outcomes under the standards. */
    public StandardCounts standards() {
        return standards;
    }
}
