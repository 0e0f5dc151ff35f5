package uk.fpw.metrics.pass;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.ContributorHash;
import uk.fpw.metrics.cube.ObservedSpell;
import uk.fpw.metrics.cube.QueueSpec;
import uk.fpw.metrics.cube.SpellBlock;
import uk.fpw.metrics.cube.StandardClock;

/** Reads spells, item by item, into blocks for the partitions of their contributors. */
final class SpellBlocks {

    /** What is read of a spell, in the order in which it is read. */
    private static final List<String> COLUMNS = List.of(
            "queue",
            "item_key",
            "contributor_key",
            "is_reentry",
            "unix_date(first_entered_on)",
            "unix_date(entered_on)",
            "unix_micros(entered_at)",
            "unix_date(left_on)",
            "unix_micros(left_at)",
            "left_as",
            "is_served",
            "is_age_known",
            "unix_date(observed_from_on)",
            "unix_date(observed_to_on)",
            "slices");

    private final List<QueueSpec> queues;
    private final Map<String, Integer> positions = new HashMap<>();
    private final StandardClock clock;
    private final List<SpellBlock> blocks = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private String item = "";

    SpellBlocks(List<QueueSpec> queues, ZoneId zone, int partitions) {
        this.queues = queues;
        this.clock = new StandardClock(zone);
        queues.forEach(queue -> positions.put(queue.name(), positions.size()));
        for (int i = 0; i < partitions; i++) {
            blocks.add(new SpellBlock(queues));
        }
    }

    /** The columns to read. */
    static Column[] columns() {
        return COLUMNS.stream().map(functions::expr).toArray(Column[]::new);
    }

    /** Takes in all spells, those of an item one after the other; returns the blocks by partition. */
    List<SpellBlock> read(Iterator<Row> spells) {
        while (spells.hasNext()) {
            read(spells.next());
        }
        return blocks;
    }

    private void read(Row row) {
        int from = row.getInt(12);
        int to = row.getInt(13);
        if (from > to) {
            return; // the source would not have shown it
        }
        if (!row.getString(1).equals(item)) {
            item = row.getString(1);
            seen.clear();
        }
        int queue = Objects.requireNonNull(positions.get(row.getString(0)));
        QueueSpec spec = queues.get(queue);
        int entered = row.getInt(5);
        boolean isWaitKnown = entered >= spec.earliestEntry();
        StandardClock.Moment in = new StandardClock.Moment(entered, micros(row, 6));
        StandardClock.@Nullable Moment out =
                row.isNullAt(7) ? null : new StandardClock.Moment(row.getInt(7), micros(row, 8));
        boolean isServed = !row.isNullAt(10) && row.getBoolean(10);
        String[] values = values(row, spec);
        List<ObservedSpell.Measured> standards = new ArrayList<>();
        for (int i = 0; i < spec.standards().size() && isWaitKnown; i++) {
            QueueSpec.Standard standard = spec.standards().get(i);
            if (standard.appliesTo(values)) {
                standards.add(new ObservedSpell.Measured(
                        i, clock.dueOn(standard, in), clock.outcome(standard, in, out, isServed, spec.dataAsAt())));
            }
        }
        ContributorHash contributor = ContributorHash.of(row.getString(2));
        blocks.get(contributor.partition(blocks.size()))
                .add(
                        contributor,
                        new ObservedSpell(
                                queue,
                                row.getBoolean(3),
                                row.getBoolean(11),
                                isWaitKnown,
                                row.getInt(4),
                                entered,
                                out == null ? QueueSpec.NONE : out.day(),
                                row.isNullAt(9) ? -1 : spec.exitReasons().indexOf(row.getString(9)),
                                isServed,
                                from,
                                to,
                                firstWithValue(queue, values),
                                standards),
                        values);
    }

    /** One bit for the total and each slice in order: whether this is the item's first observed spell there. */
    private int firstWithValue(int queue, String[] values) {
        int bits = seen.add(String.valueOf(queue)) ? 1 : 0;
        for (int slice = 0; slice < values.length; slice++) {
            if (seen.add(queue + " " + slice + " " + values[slice])) {
                bits |= 1 << (slice + 1);
            }
        }
        return bits;
    }

    private static String[] values(Row row, QueueSpec spec) {
        Map<String, String> slices = row.getJavaMap(14);
        return spec.slices().stream().map(slices::get).toArray(String[]::new);
    }

    private static @Nullable Long micros(Row row, int field) {
        return row.isNullAt(field) ? null : (Long) row.getLong(field);
    }
}
