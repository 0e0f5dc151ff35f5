package uk.fpw.metrics.pass;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.KeyFormat;
import uk.fpw.metrics.account.Exclusions;
import uk.fpw.metrics.account.ForceIndex;
import uk.fpw.metrics.account.ItemRecord;
import uk.fpw.metrics.capacity.StaffRules;
import uk.fpw.metrics.entry.EntryRules;
import uk.fpw.metrics.grading.GradedRow;
import uk.fpw.metrics.grading.JudgementRules;
import uk.fpw.metrics.lifecycle.CaseMilestones;
import uk.fpw.metrics.lifecycle.Irregularity;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.metrics.lifecycle.ItemLifecycle;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.message.Declaration;

/**
 * The rules by which items are followed. Shipped to the tasks.
 *
 * @param runId the run that finds values at entry; empty if there is no run
 * @param keyFormat how ids of spells and judgements are written
 * @param businessDate last day that is counted
 * @param earliest first day on which an event is plausible
 */
record ItemRules(
        ForceIndex names,
        InputReader reader,
        List<QueueSpec> queues,
        ItemLifecycle lives,
        CaseMilestones milestones,
        JudgementRules judging,
        StaffRules staffing,
        Exclusions exclusions,
        EntryRules entries,
        String runId,
        KeyFormat keyFormat,
        int businessDate,
        int earliest,
        ZoneId zone)
        implements Serializable {

    /** For a force without queues. */
    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

    /** The rules of a force, given how far its feeds are known. */
    static ItemRules of(Force force, Coverage coverage) {
        return of(force, coverage, Map.of(), "", KeyFormat.OF_NEW_WAREHOUSES);
    }

    /**
     * As {@link #of(Force, Coverage)}, with what earlier releases had.
     *
     * @param declarations since when comparisons have been declared, by where they are declared
     * @param runId the run that finds values at entry
     * @param keyFormat how ids of spells and judgements are written
     */
    static ItemRules of(
            Force force, Coverage coverage, Map<String, Declaration> declarations, String runId, KeyFormat keyFormat) {
        ForceIndex names = ForceIndex.of(force);
        List<QueueSpec> queues = QueueSpec.of(force, coverage, declarations);
        JudgementRules judging = new JudgementRules(force, coverage.businessDate());
        StaffRules staffing = new StaffRules(force, coverage.businessDate());
        return new ItemRules(
                names,
                new InputReader(names),
                queues,
                new ItemLifecycle(force, queues),
                new CaseMilestones(force, coverage),
                judging,
                staffing,
                new Exclusions(names, judging, staffing),
                EntryRules.of(force, coverage),
                runId,
                keyFormat,
                Math.toIntExact(coverage.businessDate().toEpochDay()),
                earliest(force),
                force.zone());
    }

    /** First day on which an event is plausible for any queue. */
    private static int earliest(Force force) {
        return Math.toIntExact(force.queues().stream()
                .map(Queue::earliestEntry)
                .min(LocalDate::compareTo)
                .orElse(EARLIEST)
                .toEpochDay());
    }

    /**
     * Whether figures depend on an item: it has a spell, is a case that milestones use, or has an event that counts
     * as activity in a case.
     */
    boolean isUsed(ItemLifecycle.Result life) {
        return !life.spells().isEmpty() || life.events().stream().anyMatch(milestones::uses);
    }

    /**
     * The first later day on which an item that is in no figure yet may be in one: the day of an event that a queue
     * or milestones wait for, or, for an item known only from later events, judgements or staff, the first of their
     * days.
     *
     * @return null if there is no such day
     */
    @Nullable
    Integer aheadOn(ItemRecord record, ItemLifecycle.Result life) {
        int[] days = Stream.of(
                        record.events().stream().map(row -> row.event().occurredOn()),
                        record.judgements().stream().map(GradedRow::judgedOn),
                        record.staff().stream().map(StaffRules::monthStartDay))
                .flatMap(each -> each)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .toArray();
        boolean isAllAhead = IntStream.of(days).noneMatch(day -> day <= businessDate);
        return IntStream.concat(
                        isAllAhead ? IntStream.of(days) : IntStream.empty(),
                        Stream.concat(
                                        life.irregularities().stream()
                                                .filter(each -> each.code() == Irregularity.Code.AFTER_BUSINESS_DATE)
                                                .map(Irregularity::event),
                                        life.events().stream().filter(milestones::willUse))
                                .mapToInt(ItemEvent::occurredOn))
                .boxed()
                .min(Integer::compare)
                .orElse(null);
    }
}
