package uk.fpw.metrics.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.account.ExcludedItems;
import uk.fpw.metrics.account.Exclusions;
import uk.fpw.metrics.account.ForceIndex;
import uk.fpw.metrics.account.ItemRecord;
import uk.fpw.metrics.account.RowCounts;
import uk.fpw.metrics.capacity.StaffRow;
import uk.fpw.metrics.capacity.StaffRules;
import uk.fpw.metrics.cube.ContributorHash;
import uk.fpw.metrics.cube.ExcludedCounts;
import uk.fpw.metrics.cube.LateItems;
import uk.fpw.metrics.cube.SpellBlock;
import uk.fpw.metrics.cube.StandardClock;
import uk.fpw.metrics.cube.TaskMemory;
import uk.fpw.metrics.entry.EntryValues;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.grading.GradedRow;
import uk.fpw.metrics.grading.JudgementRules;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.metrics.lifecycle.ItemLifecycle;
import uk.fpw.metrics.lifecycle.Spell;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.table.TableFiles;
import uk.fpw.warehouse.force.queue.CrossedSlice;

/**
 * Processes the items of one task: follows each through its queues, writes the results, and puts its spells into
 * blocks for the partitions of their contributors.
 */
final class ItemTask {

    private final ItemRules rules;
    private final List<QueueSpec> queues;
    private final StandardClock clock;
    private final ItemRows tables;
    private final List<SpellBlock> blocks = new ArrayList<>();
    private final List<ExcludedCounts> excluded = new ArrayList<>();
    private final List<LateItems> lateItems = new ArrayList<>();
    private final RowCounts accounts;
    private final ExcludedItems kinds = new ExcludedItems();
    private int firstDay = ItemCounts.NONE;

    ItemTask(ItemRules rules, ReleaseKey releaseKey, BiConsumer<String, Object[]> consumer, int contributorTasks) {
        this.rules = rules;
        this.queues = rules.queues();
        this.clock = new StandardClock(rules.zone());
        this.tables = new ItemRows(rules, releaseKey, consumer);
        this.accounts = new RowCounts(rules.names());
        queues.forEach(queue -> {
            excluded.add(new ExcludedCounts());
            lateItems.add(new LateItems());
        });
        for (int i = 0; i < contributorTasks; i++) {
            blocks.add(new SpellBlock(queues));
        }
    }

    /** Follows all items; rows must be grouped by item. Fails if there are too many of one, see {@link TaskMemory}. */
    void follow(Iterator<InternalRow> rows) {
        follow(rows, TaskMemory.MOST);
    }

    /** The same with another maximum number of rows of one item. */
    void follow(Iterator<InternalRow> rows, int mostRows) {
        UTF8String item = null;
        ItemRecord record = null;
        int count = 0;
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            UTF8String next = InputReader.item(row);
            if (record == null || !Objects.equals(item, next)) {
                if (record != null) {
                    end(record);
                }
                // the iterator reuses the row
                item = next == null ? null : next.copy();
                record = new ItemRecord(item == null ? null : item.toString());
                count = 0;
            }
            if (++count > mostRows) {
                throw TaskMemory.tooManyRows(mostRows, record.item() != null, feeds(record));
            }
            rules.reader().read(row, record, accounts);
        }
        if (record != null) {
            end(record);
        }
    }

    private List<String> feeds(ItemRecord record) {
        return record.rows().stream()
                .map(row -> rules.names().feeds().get(row.feed()))
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * The results of the task.
     *
     * @param files files written for its items
     */
    ItemCounts counts(List<TableFiles.Written> files) {
        blocks.forEach(SpellBlock::trim);
        return new ItemCounts(blocks, excluded, lateItems, accounts, kinds, firstDay, files);
    }

    /** Follows one item; its record is complete. */
    void end(ItemRecord record) {
        List<GradedRow> usable = usable(record);
        ItemLifecycle.Result life = follow(record);
        boolean hasStaff = takeStaff(record);
        boolean isUsed = !usable.isEmpty() || hasStaff || rules.isUsed(life);
        if (isUsed) {
            accounts.used(record);
        } else {
            leaveOut(record, life);
        }
        accounts.known(record);
        kinds.item(rules.names(), record, isUsed);
        if (!life.events().isEmpty()) {
            kinds.hasEvents(
                    record, life.events().stream().map(ItemEvent::itemKind).collect(Collectors.toSet()));
        }
    }

    /** For an item in no figure: its rows are ahead or excluded. */
    private void leaveOut(ItemRecord record, ItemLifecycle.Result life) {
        Integer aheadOn = rules.aheadOn(record, life);
        List<Exclusions.Exclusion> exclusions = rules.exclusions()
                .of(record, life.irregularities(), !life.events().isEmpty(), aheadOn != null);
        if (aheadOn != null && exclusions.isEmpty()) {
            accounts.ahead(record);
            record.rows()
                    .forEach(row -> tables.write(
                            record.requireItem(), rules.names().feeds().get(row.feed()), row, aheadOn));
        }
        exclusions.forEach(exclusion -> {
            accounts.excluded(exclusion);
            kinds.excluded(exclusion);
            tables.write(
                    record.item(), rules.names().feeds().get(exclusion.row().feed()), exclusion);
        });
    }

    /** The item's judgements up to the business date; empty if one of its judgements has a fault. */
    private List<GradedRow> usable(ItemRecord record) {
        boolean isUsable = true;
        List<GradedRow> usable = new ArrayList<>();
        for (GradedRow judgement : record.judgements()) {
            JudgementRules.Problem problem = rules.judging().problem(record.item(), judgement);
            if (problem == null) {
                usable.add(judgement);
            } else {
                accounts.unusable(judgement.grading(), problem);
                isUsable &= !problem.isFault();
            }
        }
        if (!isUsable) {
            return List.of();
        }
        List<Integer> copies = JudgementRules.copyNumbers(usable);
        for (int i = 0; i < copies.size(); i++) {
            GradedRow judgement = usable.get(i);
            firstDay = Math.min(firstDay, Objects.requireNonNull(judgement.judgedOn()));
            ForceIndex.GradingEntry query = rules.names().gradings().get(judgement.grading());
            tables.write(
                    record.requireItem(),
                    query.source(),
                    query.name(),
                    rules.judging().rank(judgement),
                    judgement,
                    copies.get(i));
        }
        return usable;
    }

    /** Writes the staff in post of the item's rows, or that it is unknown; returns whether the rows state any. */
    private boolean takeStaff(ItemRecord record) {
        for (StaffRow row : record.staff()) {
            StaffRules.Problem problem = rules.staffing().problem(record.item(), row);
            if (problem != null) {
                accounts.unusable(row.staffing(), problem);
            }
        }
        SortedMap<StaffRules.UnitMonth, Long> staff = rules.staffing().usable(record.item(), record.staff());
        staff.forEach((month, parts) ->
                tables.write(record.requireItem(), rules.names().staffings().get(month.staffing()), month, parts));
        rules.staffing()
                .unknown(record.item(), record.staff())
                .forEach((place, fault) ->
                        tables.write(record.item(), rules.names().staffings().get(place.staffing()), place, fault));
        return !staff.isEmpty();
    }

    /** Follows the item without any of its events if one of its rows is invalid. */
    private ItemLifecycle.Result follow(ItemRecord record) {
        if (record.events().isEmpty() || !record.faults().isEmpty()) {
            return ItemLifecycle.Result.NONE;
        }
        String item = record.requireItem();
        for (ItemRecord.Event row : record.events()) {
            if (row.event().occurredOn() >= rules.earliest()) {
                firstDay = Math.min(firstDay, row.event().occurredOn());
            }
        }
        ItemLifecycle.Result followed = rules.lives()
                .follow(record.events().stream().map(ItemRecord.Event::event).toList());
        EntryValues entries = new EntryValues(rules.entries(), record.versions(), record.kept());
        ItemLifecycle.Result life = followed.withSpells(
                entries.of(followed.spells(), queue -> queues.get(queue).dataAsAt()));
        if (record.rows().stream().anyMatch(ItemRecord.FeedRow::isOutcomeUnreadable)) {
            life = life.withUnreadableOutcome();
        }
        tables.write(item, life);
        entries.found().forEach((entry, value) -> tables.write(item, entry, value));
        rules.milestones().open(life.events()).forEach(step -> tables.write(item, step));
        for (ItemLifecycle.ExcludedTurn turn : life.excluded()) {
            excluded.get(turn.queue()).count(turn.day(), turn.isEntry());
        }
        Set<String> seen = new HashSet<>();
        Map<Integer, List<ObservedSpell>> late = new HashMap<>();
        for (int i = 0; i < life.spells().size(); i++) {
            Spell spell = life.spells().get(i);
            ObservedSpell counted = count(spell, life, reenteredOn(life.spells(), i), seen);
            if (counted != null && counted.isLate()) {
                int parent = queues.get(spell.queue()).stages().parent();
                IntStream.of(spell.queue(), parent).filter(queue -> queue >= 0).forEach(queue -> late.computeIfAbsent(
                                queue, any -> new ArrayList<>())
                        .add(counted));
            }
        }
        late.forEach((queue, spells) -> lateItems.get(queue).count(spells));
        return life;
    }

    /** When an item came back to the queue after one of its spells; spells of a queue are adjacent. */
    private static int reenteredOn(List<Spell> spells, int spell) {
        boolean isLast = spell + 1 == spells.size()
                || spells.get(spell + 1).queue() != spells.get(spell).queue();
        return isLast ? QueueSpec.NONE : spells.get(spell + 1).opening().occurredOn();
    }

    /** Counts a spell and returns it; null if the source would not have shown it. */
    private @Nullable ObservedSpell count(Spell spell, ItemLifecycle.Result life, int reenteredOn, Set<String> seen) {
        QueueSpec queue = queues.get(spell.queue());
        int entered = spell.opening().occurredOn();
        int observedFrom = queue.observedFrom(entered);
        int observedTo =
                spell.closing() == null ? queue.dataAsAt() : spell.closing().occurredOn();
        if (observedFrom > observedTo) {
            return null;
        }
        Stream<String> now =
                spell.closing() == null ? queue.changing().stream().map(spell::sliceValueNow) : Stream.empty();
        String[] values = Stream.concat(
                        queue.slices().stream().map(slice -> CrossedSlice.value(slice, spell::sliceValue)), now)
                .toArray(String[]::new);
        boolean isWaitKnown = entered >= queue.earliestEntry();
        ObservedSpell observed = new ObservedSpell(
                spell.queue(),
                spell.reentryReason() == null ? -1 : queue.reentryReasons().indexOf(spell.reentryReason()),
                spell.firstEnteredOn() >= queue.earliestEntry(),
                isWaitKnown,
                spell.firstEnteredOn(),
                entered,
                spell.closing() == null ? QueueSpec.NONE : spell.closing().occurredOn(),
                spell.leftAs() == null ? -1 : queue.exitReasons().indexOf(spell.leftAs()),
                spell.isServed(),
                reenteredOn,
                observedFrom,
                observedTo,
                firstWithValue(spell.queue(), values, seen),
                life.outOfOrder().contains(spell.queue()),
                spell.closing() == null && life.closedAhead().contains(spell.queue()),
                isWaitKnown ? standards(spell, queue, values) : List.of());
        ContributorHash contributor = ContributorHash.of(spell.opening().contributorKey());
        blocks.get(contributor.partition(blocks.size())).add(contributor, observed, values);
        return observed;
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
            QueueSpec.Standard.Applies applies = standard.appliesTo(values);
            if (applies != QueueSpec.Standard.Applies.NO) {
                ObservedSpell.Outcome outcome = clock.outcome(standard, in, out, spell.isServed(), queue.dataAsAt());
                standards.add(new ObservedSpell.Measured(
                        i,
                        clock.dueOn(standard, in),
                        applies == QueueSpec.Standard.Applies.YES ? outcome : outcome.perhaps()));
            }
        }
        return standards;
    }

    private static StandardClock.Moment moment(ItemEvent event) {
        return new StandardClock.Moment(event.occurredOn(), event.occurredAt());
    }
}
