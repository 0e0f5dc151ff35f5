package uk.fpw.warehouse.force;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.capacity.Capacity;
import uk.fpw.warehouse.force.queue.Milestones;
import uk.fpw.warehouse.force.queue.PeriodKind;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.queue.ServiceCalendar;
import uk.fpw.warehouse.force.queue.WaitComparison;
import uk.fpw.warehouse.force.staging.AtEntry;
import uk.fpw.warehouse.force.staging.StagingQuery;

/**
 * The definitions of a force as rows of the tables described under {@code force} in
 * {@code fpw/definition/definitions.yml}.
 */
public final class DefinedRows {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode tables = JSON.createObjectNode();

    private DefinedRows() {}

    /** The rows by table name. */
    public static ObjectNode of(Force force, Coverage coverage) {
        DefinedRows rows = new DefinedRows();
        rows.row("business_date").put("day", coverage.businessDate().toString());
        for (Queue queue : force.queues()) {
            add(
                    rows.define(queue, EntryRefusals.of(force, queue), coverage, force.feedsBehind(queue))
                            .putArray("changing_slices"),
                    force.changingSlices(queue));
        }
        force.stagings().forEach(staging -> rows.define(staging, coverage));
        for (Milestones milestones : force.milestones()) {
            rows.define(milestones, coverage.asAt(force.feedsBehind(milestones)));
            rows.defineCases(milestones, force, coverage);
        }
        force.capacities().forEach(rows::define);
        force.queues().stream()
                .map(queue -> queue.service().calendar())
                .flatMap(Stream::ofNullable)
                .distinct()
                .forEach(rows::define);
        return rows.tables;
    }

    /** The rows of each table as JSON text. */
    public static Map<String, String> texts(ObjectNode tables) {
        Map<String, String> texts = new TreeMap<>();
        tables.properties()
                .forEach(table -> texts.put(table.getKey(), table.getValue().toString()));
        return texts;
    }

    private ObjectNode row(String table) {
        return tables.withArrayProperty(table).addObject();
    }

    private void define(StagingQuery staging, Coverage coverage) {
        for (AtEntry attribute : staging.atEntry()) {
            if (attribute.from() == AtEntry.From.CHANGES) {
                row("changing_attribute")
                        .put("staging", staging.name())
                        .put("attribute", attribute.attribute())
                        .put("feed", attribute.feed())
                        .put("column_name", attribute.column())
                        .put("dated_by", attribute.datedBy())
                        .put("lag_days", attribute.lag())
                        .put("basis", attribute.basis())
                        .put("known_to", text(coverage.asAt(List.of(attribute.feed()))));
            }
        }
    }

    private ObjectNode define(Queue queue, EntryRefusals refusals, Coverage coverage, Set<String> feeds) {
        FrozenQueue frozen = coverage.frozen().get(queue.name());
        if (frozen != null) {
            frozen.series().forEach(series -> row("frozen_series")
                    .put("queue", queue.name())
                    .put("slice", series.slice())
                    .put("slice_value", series.sliceValue()));
        }
        ObjectNode definition = row("queue_definition")
                .put("queue", queue.name())
                .put("queue_version", queue.version())
                .put("parent_queue", queue.parent())
                .put("observed_from", text(queue.observedFrom()))
                .put("retained_from", text(coverage.retainedFrom(feeds)))
                .put("frozen_to", text(frozen == null ? null : frozen.to()))
                .put("frozen_release_id", frozen == null ? null : frozen.releaseId())
                .put("earliest_entry", text(queue.earliestEntry()))
                .put("provisional_days", queue.provisionalDays())
                .put("data_as_at", text(coverage.asAt(feeds)));
        add(definition.putArray("slices"), queue.allSlices());
        add(
                definition.putArray("refused_slices"),
                queue.allSlices().stream()
                        .filter(refusals.slices()::containsKey)
                        .toList());
        for (String event : queue.enters()) {
            String reason = queue.reEnters().stream()
                    .filter(again -> again.event().equals(event))
                    .map(Queue.ReEntry::reason)
                    .findFirst()
                    .orElse(null);
            event(queue, event, "enters").put("reentry_reason", reason);
        }
        for (Queue.ReEntry again : queue.reEnters()) {
            if (!queue.enters().contains(again.event())) {
                event(queue, again.event(), "re_enters").put("reentry_reason", again.reason());
            }
        }
        for (Queue.Exit exit : queue.leaves()) {
            event(queue, exit.event(), "leaves").put("left_as", exit.as()).put("is_served", exit.served());
        }
        for (int order = 0; order < queue.standards().size(); order++) {
            Queue.Standard standard = queue.standards().get(order);
            if (refusals.ofStandard(standard) == null) {
                define(queue, standard, order);
            }
        }
        queue.comparisons().stream()
                .filter(comparison -> refusals.ofComparison(comparison) == null)
                .forEach(comparison -> define(queue, comparison, coverage.retainedFrom(feeds)));
        coverage.comparedWindows(queue, feeds).forEach(window -> row("compared_period")
                .put("queue", queue.name())
                .put("period_kind", window.kind().words())
                .put("years_before", window.yearsBefore())
                .put("from_on", text(window.from()))
                .put("to_on", text(window.to())));
        int from = 0;
        for (int to : queue.ageBandLimits()) {
            band(queue, from).put("age_band_to_days", to);
            from = to + 1;
        }
        band(queue, from);
        return definition;
    }

    private ObjectNode event(Queue queue, String event, String role) {
        return row("queue_event")
                .put("queue", queue.name())
                .put("item_kind", queue.itemKind())
                .put("event", event)
                .put("role", role);
    }

    private void define(Queue queue, Queue.Standard standard, int order) {
        ArrayNode conditions = row("queue_standard")
                .put("queue", queue.name())
                .put("standard", standard.name())
                .put("standard_order", order)
                .put("within_hours", standard.withinHours())
                .put("within_days", standard.withinDays())
                .putArray("conditions");
        standard.when()
                .forEach((slice, values) ->
                        add(conditions.addObject().put("slice", slice).putArray("slice_values"), values));
    }

    private void define(Queue queue, WaitComparison comparison, @Nullable LocalDate retainedFrom) {
        add(
                row("queue_comparison")
                        .put("queue", queue.name())
                        .put("comparison", comparison.name())
                        .put("compared_by", comparison.by().name().toLowerCase(Locale.ROOT))
                        .put("slice", comparison.slice())
                        .put("within_slice", comparison.within())
                        .put(
                                "every",
                                comparison.every() == null
                                        ? null
                                        : comparison.every().words())
                        .put("period_kind", periodKind(comparison))
                        .putArray("compared_groups"),
                comparison.groupsFrom(retainedFrom));
    }

    private static @Nullable String periodKind(WaitComparison comparison) {
        PeriodKind kind = comparison.periodKind();
        return kind == null ? null : kind.words();
    }

    private ObjectNode band(Queue queue, int from) {
        return row("age_band").put("queue", queue.name()).put("age_band_from_days", from);
    }

    private void define(Milestones milestones, LocalDate asAt) {
        events(milestones, asAt, milestones.opens(), "opens", null);
        events(milestones, asAt, milestones.closes(), "closes", null);
        for (Milestones.Step step : milestones.steps()) {
            row("milestone_step")
                    .put("milestones", milestones.name())
                    .put("step", step.name())
                    .put("data_as_at", text(asAt));
            events(milestones, asAt, step.done(), "done", step.name());
            events(milestones, asAt, step.notApplicable(), "not_applicable", step.name());
        }
    }

    private void defineCases(Milestones milestones, Force force, Coverage coverage) {
        row("case_definition")
                .put("milestones", milestones.name())
                .put("data_as_at", text(coverage.asAt(force.feedsBehind(milestones))))
                .put("silence_as_at", text(coverage.asAt(force.feedsBehindSilence(milestones))))
                .put("clock_as_at", text(coverage.asAt(force.feedsBehindClock(milestones))))
                .put("bulk_update_min_cases", milestones.silence().bulkUpdateMinCases())
                .put("bulk_update_min_percent", milestones.silence().bulkUpdateMinPercent());
        for (Milestones.Activity activity : milestones.silence().activity()) {
            for (String event : activity.events()) {
                row("case_activity")
                        .put("milestones", milestones.name())
                        .put("item_kind", activity.itemKind())
                        .put("event", event)
                        .put("is_linked", !activity.itemKind().equals(milestones.itemKind()));
            }
        }
        for (Queue queue : force.queuesOf(milestones)) {
            row("case_queue")
                    .put("milestones", milestones.name())
                    .put("queue", queue.name())
                    .put("is_linked", !queue.itemKind().equals(milestones.itemKind()))
                    .put("is_undivided", force.isUndivided(queue));
        }
    }

    private void define(Capacity capacity) {
        row("capacity_definition")
                .put("capacity", capacity.name())
                .put("capacity_kind", capacity.kind().text())
                .put("queue", capacity.queue())
                .put("slice", capacity.slice())
                .put("staffing_unit", capacity.staffingUnit());
    }

    private void define(ServiceCalendar calendar) {
        ObjectNode row = row("service_calendar")
                .put("service", calendar.name())
                .put("is_except_bank_holidays", calendar.exceptBankHolidays());
        ArrayNode weekdays = row.putArray("weekdays");
        calendar.days().forEach(day -> weekdays.add(day.getValue()));
        add(row.putArray("closed_days"), texts(calendar.closed()));
        add(row.putArray("open_days"), texts(calendar.open()));
    }

    private void events(
            Milestones milestones, LocalDate asAt, List<String> events, String role, @Nullable String step) {
        for (String event : events) {
            row("milestone_event")
                    .put("milestones", milestones.name())
                    .put("item_kind", milestones.itemKind())
                    .put("event", event)
                    .put("role", role)
                    .put("step", step)
                    .put("data_as_at", text(asAt));
        }
    }

    private static void add(ArrayNode list, List<String> texts) {
        texts.forEach(list::add);
    }

    private static List<String> texts(List<LocalDate> dates) {
        return dates.stream().map(LocalDate::toString).toList();
    }

    private static @Nullable String text(@Nullable LocalDate date) {
        return date == null ? null : date.toString();
    }
}
