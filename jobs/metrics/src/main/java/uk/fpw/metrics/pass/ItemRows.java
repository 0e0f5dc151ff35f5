package uk.fpw.metrics.pass;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.RowIds;
import uk.fpw.metrics.account.Exclusions;
import uk.fpw.metrics.account.ForceIndex;
import uk.fpw.metrics.account.ItemRecord;
import uk.fpw.metrics.capacity.StaffRow;
import uk.fpw.metrics.capacity.StaffRules;
import uk.fpw.metrics.entry.EntryValues;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.grading.GradedRow;
import uk.fpw.metrics.lifecycle.CaseMilestones;
import uk.fpw.metrics.lifecycle.Irregularity;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.metrics.lifecycle.ItemLifecycle;
import uk.fpw.metrics.lifecycle.Spell;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.model.Family;
import uk.fpw.model.Models;

/** Writes the results for an item as rows of tables. */
final class ItemRows {

    /** The tables with one item per row. */
    static final List<String> TABLES = Models.countedBy(Family.ITEM);

    private final List<QueueSpec> queues;
    private final ReleaseKey releaseKey;
    private final String runId;
    private final KeyFormat keyFormat;
    private final Map<String, TableRows> tables = new TreeMap<>();

    ItemRows(ItemRules rules, ReleaseKey releaseKey, BiConsumer<String, Object[]> consumer) {
        this.queues = rules.queues();
        this.releaseKey = releaseKey;
        this.runId = rules.runId();
        this.keyFormat = rules.keyFormat();
        Stream.concat(
                        Models.all().stream().filter(model -> TABLES.contains(model.table())),
                        Stream.of(Models.entryLedger()))
                .forEach(model -> tables.put(
                        model.table(), new TableRows(model, values -> consumer.accept(model.table(), values))));
    }

    private TableRows table(String name) {
        return Objects.requireNonNull(tables.get(name));
    }

    void write(String item, ItemLifecycle.Result life) {
        life.events().forEach(event -> event(item, event));
        life.spells().forEach(spell -> spell(item, spell, life.outOfOrder().contains(spell.queue())));
        life.irregularities().forEach(irregularity -> irregularity(item, irregularity));
    }

    /** Writes a value at entry that no release has had. */
    void write(String item, EntryValues.Entry entry, EntryValues.Kept value) {
        table(Models.entryLedger().table())
                .row()
                .set("item_key", item)
                .set("attribute", entry.attribute())
                .set("basis", entry.basis())
                .setDay("entered_on", entry.enteredOn())
                .set("value", value.value())
                .set("load_id", value.loadId())
                .set("run_id", runId)
                .end();
    }

    void write(String item, CaseMilestones.OpenStep step) {
        TableRows.Row row = table("mart.case_milestone_open")
                .row()
                .set("force", releaseKey.force())
                .set("milestones", step.milestones())
                .set("milestones_version", step.version())
                .set("case_key", item)
                .set("step", step.step())
                .set("step_order", step.stepOrder())
                .set("step_title", step.stepTitle())
                .setDay("aware_on", step.awareOn())
                .set("age_days", step.dataAsAt() - step.awareOn())
                .set("status", step.status().words())
                .set("status_on", null)
                .setDay("data_as_at", step.dataAsAt())
                .set("release_id", releaseKey.releaseId().value());
        if (step.statusOn() != null) {
            row.setDay("status_on", step.statusOn());
        }
        row.end();
    }

    void write(@Nullable String item, String feed, Exclusions.Exclusion exclusion) {
        table("core.exclusion")
                .row()
                .set("feed", feed)
                .set("row_key", exclusion.row().key())
                .set("item_key", item)
                .set("code", exclusion.code())
                .set("reason", exclusion.reason())
                .end();
    }

    /** Writes a row that is ahead until a day. */
    void write(String item, String feed, ItemRecord.FeedRow row, int aheadOn) {
        table("core.ahead")
                .row()
                .set("feed", feed)
                .set("row_key", row.key())
                .set("item_key", item)
                .setDay("first_on", aheadOn)
                .end();
    }

    /**
     * Writes a usable judgement.
     *
     * @param copyNumber its number among equal judgements of the item
     */
    void write(String item, String source, String grading, int rank, GradedRow judgement, int copyNumber) {
        LocalDate judgedOn = LocalDate.ofEpochDay(Objects.requireNonNull(judgement.judgedOn()));
        table("core.grading")
                .row()
                .set("grading_id", id(item, grading, judgedOn, judgement, copyNumber))
                .set("grading", grading)
                .set("source", source)
                .set("item_key", item)
                .set("case_key", judgement.caseKey())
                .set("contributor_key", judgement.contributorKey())
                .set("scheme", judgement.scheme())
                .set("scheme_version", judgement.schemeVersion())
                .set("grade", judgement.grade())
                .set("grade_rank", rank)
                .set("theme", judgement.theme())
                .set("assessor", judgement.assessor())
                .set("population", judgement.population())
                .set("selection", judgement.selection())
                .set("unit", judgement.unit())
                .set("judged_on", judgedOn)
                .set("gives_counts", judgement.givesCounts())
                .set("judgement_count", judgement.judgementCount())
                .set("stated_case_count", judgement.statedCaseCount())
                .end();
    }

    /**
     * Writes staff in post.
     *
     * @param parts in units of {@link StaffRow#UNITS}
     */
    void write(String item, ForceIndex.StaffingEntry staffing, StaffRules.UnitMonth month, long parts) {
        table("core.staffing")
                .row()
                .set("staffing", staffing.name())
                .set("source", staffing.source())
                .set("item_key", item)
                .set("unit", month.unit())
                .set("month_start_on", month.monthStartOn())
                .set("staff_in_post", (double) parts / StaffRow.UNITS)
                .set("fault", null)
                .end();
    }

    /**
     * Writes that the staff of a unit and month is unknown.
     *
     * @param item null if the rows name none
     * @param fault problem of a row of the item
     */
    void write(@Nullable String item, ForceIndex.StaffingEntry staffing, StaffRules.UnknownStaff place, String fault) {
        table("core.staffing")
                .row()
                .set("staffing", staffing.name())
                .set("source", staffing.source())
                .set("item_key", item)
                .set("unit", place.unit())
                .set("month_start_on", place.monthStartOn())
                .set("staff_in_post", null)
                .set("fault", fault)
                .end();
    }

    private String id(String item, String grading, LocalDate judgedOn, GradedRow judgement, int copyNumber) {
        List<String> values = Stream.of(
                        grading,
                        item,
                        judgement.caseKey(),
                        judgement.contributorKey(),
                        judgement.scheme(),
                        judgement.schemeVersion(),
                        judgement.grade(),
                        judgement.theme(),
                        judgement.assessor(),
                        judgement.population(),
                        judgement.selection(),
                        judgedOn,
                        judgement.judgementCount() == null ? "" : judgement.judgementCount(),
                        judgement.statedCaseCount() == null ? "" : judgement.statedCaseCount())
                .map(String::valueOf)
                .toList();
        return RowIds.ofGrading(
                keyFormat,
                values,
                copyNumber,
                judgement.unit().equals(GradedRow.NOT_RECORDED) ? null : judgement.unit());
    }

    private void event(String item, ItemEvent event) {
        table("core.event")
                .row()
                .set("source", event.source())
                .set("item_kind", event.itemKind())
                .set("item_key", item)
                .set("contributor_key", event.contributorKey())
                .set("event", event.event())
                .setDay("occurred_on", event.occurredOn())
                .setMoment("occurred_at", event.occurredAt())
                .set("event_order", event.eventOrder())
                .set("attributes", event.attributes())
                .set("staging", event.staging())
                .end();
    }

    private void spell(String item, Spell spell, boolean isOutOfOrder) {
        QueueSpec queue = queues.get(spell.queue());
        ItemEvent in = spell.opening();
        @Nullable ItemEvent out = spell.closing();
        Map<String, String> slices = new LinkedHashMap<>();
        queue.attributes().forEach(slice -> slices.put(slice, spell.sliceValue(slice)));
        Map<String, String> now = new LinkedHashMap<>();
        if (out == null) {
            queue.changing().forEach(slice -> now.put(slice, spell.sliceValueNow(slice)));
        }
        TableRows.Row row = table("core.spell")
                .row()
                .set("spell_id", spell.id(item, queue.name(), keyFormat))
                .set("queue", queue.name())
                .set("queue_version", queue.version())
                .set("item_unit", queue.itemUnit())
                .set("source", in.source())
                .set("item_key", item)
                .set("contributor_key", in.contributorKey())
                .set("is_reentry", spell.isReentry())
                .set("reentry_reason", spell.reentryReason())
                .setDay("first_entered_on", spell.firstEnteredOn())
                .setDay("entered_on", in.occurredOn())
                .setMoment("entered_at", in.occurredAt())
                .set("left_on", null)
                .setMoment("left_at", out == null ? null : out.occurredAt())
                .set("left_as", spell.leftAs())
                .set("is_served", out == null ? null : spell.isServed())
                .set("is_age_known", spell.firstEnteredOn() >= queue.earliestEntry())
                .set("is_out_of_order", isOutOfOrder)
                .setDay("observed_from_on", queue.observedFrom(in.occurredOn()))
                .setDay("observed_to_on", out == null ? queue.dataAsAt() : out.occurredOn())
                .set("slices", slices)
                .set("slices_now", now);
        if (out != null) {
            row.setDay("left_on", out.occurredOn());
        }
        row.end();
    }

    private void irregularity(String item, Irregularity irregularity) {
        ItemEvent event = irregularity.event();
        table("core.irregularity")
                .row()
                .set("queue", queues.get(irregularity.queue()).name())
                .set("item_key", item)
                .set("code", irregularity.code().name())
                .set("treatment", irregularity.code().treatment())
                .set("event", event.event())
                .setDay("occurred_on", event.occurredOn())
                .setMoment("occurred_at", event.occurredAt())
                .set("event_order", event.eventOrder())
                .end();
    }
}
