package uk.fpw.metrics.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.ContributorHash;
import uk.fpw.metrics.cube.ExcludedCounts;
import uk.fpw.metrics.cube.ObservedSpell;
import uk.fpw.metrics.cube.QueueSpec;
import uk.fpw.metrics.cube.SpellBlock;
import uk.fpw.metrics.cube.StandardClock;
import uk.fpw.metrics.figures.Candidate;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.metrics.lifecycle.ItemLife;
import uk.fpw.metrics.lifecycle.Spell;
import uk.fpw.metrics.table.TableFiles;

/** One task's items: each is followed through its queues, what becomes of it is written, and its spells are put into blocks for the partitions of their contributors. */
final class ItemTask {

    /** What is read of a staged row, in the order in which it is read. */
    private static final List<String> COLUMNS = List.of(
            "item_key",
            "source",
            "item_kind",
            "contributor_key",
            "event",
            "unix_date(occurred_on)",
            "unix_micros(occurred_at)",
            "event_order",
            "attributes",
            "staging",
            "problem is not null");

    private final ItemRules rules;
    private final List<QueueSpec> queues;
    private final StandardClock clock;
    private final ItemRows tables;
    private final List<SpellBlock> blocks = new ArrayList<>();
    private final List<ExcludedCounts> excluded = new ArrayList<>();

    ItemTask(ItemRules rules, Candidate candidate, BiConsumer<String, Object[]> taker, int partitions) {
        this.rules = rules;
        this.queues = rules.queues();
        this.clock = new StandardClock(rules.zone());
        this.tables = new ItemRows(queues, candidate, taker);
        queues.forEach(queue -> excluded.add(new ExcludedCounts()));
        for (int i = 0; i < partitions; i++) {
            blocks.add(new SpellBlock(queues));
        }
    }

    /** The columns to read. */
    static Column[] columns() {
        return COLUMNS.stream().map(functions::expr).toArray(Column[]::new);
    }

    /** Follows all items; the rows of an item come one after the other. */
    void follow(Iterator<Row> rows) {
        List<ItemEvent> events = new ArrayList<>();
        String item = null;
        boolean isSound = true;
        while (rows.hasNext()) {
            Row row = rows.next();
            if (item != null && !row.getString(0).equals(item)) {
                end(item, events, isSound);
                events.clear();
                isSound = true;
            }
            item = row.getString(0);
            if (row.getBoolean(10)) {
                isSound = false;
            } else {
                events.add(event(row));
            }
        }
        if (item != null) {
            end(item, events, isSound);
        }
    }

    /**
     * What was made of them.
     *
     * @param files what was written of them
     */
    ItemCounts counts(List<TableFiles.Written> files) {
        blocks.forEach(SpellBlock::trim);
        return new ItemCounts(blocks, excluded, files);
    }

    private static ItemEvent event(Row row) {
        Map<String, String> attributes = new HashMap<>(row.<String, String>getJavaMap(8));
        return new ItemEvent(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.isNullAt(6) ? null : (Long) row.getLong(6),
                row.getLong(7),
                attributes,
                row.getString(9));
    }

    /** If one row about an item is unsound, none of them counts. */
    private void end(String item, List<ItemEvent> staged, boolean isSound) {
        if (!isSound) {
            return;
        }
        ItemLife.Result life = rules.lives().follow(staged);
        tables.write(item, life);
        rules.milestones().open(life.events()).forEach(step -> tables.write(item, step));
        for (ItemLife.ExcludedTurn turn : life.excluded()) {
            excluded.get(turn.queue()).turn(turn.day(), turn.isEntry());
        }
        Set<String> seen = new HashSet<>();
        for (Spell spell : life.spells()) {
            count(spell, life.outOfOrder().contains(spell.queue()), seen);
        }
    }

    private void count(Spell spell, boolean isOutOfOrder, Set<String> seen) {
        QueueSpec queue = queues.get(spell.queue());
        int entered = spell.opening().occurredOn();
        int observedFrom = queue.observedFrom(entered);
        int observedTo =
                spell.closing() == null ? queue.dataAsAt() : spell.closing().occurredOn();
        if (observedFrom > observedTo) {
            return; // the source would not have shown it
        }
        String[] values = queue.slices().stream().map(spell::sliceValue).toArray(String[]::new);
        boolean isWaitKnown = entered >= queue.earliestEntry();
        ContributorHash contributor = ContributorHash.of(spell.opening().contributorKey());
        blocks.get(contributor.partition(blocks.size()))
                .add(
                        contributor,
                        new ObservedSpell(
                                spell.queue(),
                                spell.isReentry(),
                                spell.firstEnteredOn() >= queue.earliestEntry(),
                                isWaitKnown,
                                spell.firstEnteredOn(),
                                entered,
                                spell.closing() == null
                                        ? QueueSpec.NONE
                                        : spell.closing().occurredOn(),
                                spell.leftAs() == null
                                        ? -1
                                        : queue.exitReasons().indexOf(spell.leftAs()),
                                spell.isServed(),
                                observedFrom,
                                observedTo,
                                firstWithValue(spell.queue(), values, seen),
                                isOutOfOrder,
                                isWaitKnown ? standards(spell, queue, values) : List.of()),
                        values);
    }

    /** One bit for the total and each slice in order: whether this is the item's first observed spell there. */
    private static int firstWithValue(int queue, String[] values, Set<String> seen) {
        int bits = seen.add(String.valueOf(queue)) ? 1 : 0;
        for (int slice = 0; slice < values.length; slice++) {
            if (seen.add(queue + " " + slice + " " + values[slice])) {
                bits |= 1 << (slice + 1);
            }
        }
        return bits;
    }

    private List<ObservedSpell.Measured> standards(Spell spell, QueueSpec queue, String[] values) {
        List<ObservedSpell.Measured> standards = new ArrayList<>();
        StandardClock.Moment in = moment(spell.opening());
        StandardClock.@Nullable Moment out = spell.closing() == null ? null : moment(spell.closing());
        for (int i = 0; i < queue.standards().size(); i++) {
            QueueSpec.Standard standard = queue.standards().get(i);
            if (standard.appliesTo(values)) {
                standards.add(new ObservedSpell.Measured(
                        i,
                        clock.dueOn(standard, in),
                        clock.outcome(standard, in, out, spell.isServed(), queue.dataAsAt())));
            }
        }
        return standards;
    }

    private static StandardClock.Moment moment(ItemEvent event) {
        return new StandardClock.Moment(event.occurredOn(), event.occurredAt());
    }
}
