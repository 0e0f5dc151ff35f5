package uk.fpw.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.model.Family;
import uk.fpw.model.FigureDefinition;
import uk.fpw.model.FigureDefinition.Comparison;
import uk.fpw.model.FrozenTables;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.FigureChangeRequest.ReplacedRelease;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/**
 * Periods before items were removed. They cannot be recounted from the events: their rows must be those of the release
 * that the candidate replaces, in every column that would be recounted.
 */
final class FrozenPeriods {

    /** The columns that may have the first day of a period, or its only day. */
    private static final List<String> STARTS =
            List.of("day", "week_start_on", "month_start_on", "quarter_start_on", "year_start_on", "as_of_on");

    private FrozenPeriods() {}

    /** A condition that is true of rows, aliased {@code counted}, that are not copied, nor follow from such rows. */
    static String isComputed(Model model, Comparison comparison) {
        String queue = comparison.key().contains("queue")
                ? "where frozen.queue = counted.queue"
                : comparison.key().contains("capacity")
                        ? "inner join main.capacity_definition as capacity using (queue) "
                                + "where capacity.capacity = counted.capacity"
                        : null;
        String start = start(model);
        return queue == null || start == null
                ? "true"
                : "counted." + start
                        + " >= coalesce((select max(frozen.frozen_to) from main.queue_definition as frozen " + queue
                        + "), date '0001-01-01')";
    }

    private static @Nullable String start(Model model) {
        return STARTS.stream().filter(model::hasColumn).findFirst().orElse(null);
    }

    /**
     * Compares with a release that {@code ReplacedTables} shows, of whose definitions there are no tables any more; one
     * result, passed or not, for each recounted table. None if nothing is copied.
     */
    static List<QualityResult> compare(AuditSession session, ReplacedRelease replaced) {
        if (session.number("select count(*) from queue_definition where frozen_to is not null") == 0) {
            return List.of();
        }
        Map<String, Long> differences = new TreeMap<>();
        session.in("replaced", () -> session.define(replaced.definitions()));
        for (FigureDefinition definition : FigureDefinition.all()) {
            for (Comparison comparison : definition.comparisons()) {
                Model model = Models.find(comparison.table()).orElseThrow();
                // the others follow from these and from rows that may still be corrected
                String start = start(model);
                if (start != null && model.countedBy() == Family.SERIES && isThere(model, replaced)) {
                    differences.merge(
                            model.table(), session.number(query(model, start, comparison, replaced)), Long::sum);
                }
            }
        }
        return differences.entrySet().stream()
                .map(table -> new QualityResult(
                        table.getKey(),
                        AuditResult.FROZEN_AS_RELEASED,
                        "stop",
                        table.getValue(),
                        "rows about periods before items were removed that are not those of the replaced release"))
                .toList();
    }

    /**
     * Tests which rows say that they are copies; one result, passed or not, for each table with such rows.
     *
     * @param tables the tables of the release; those of an earlier version do not say it
     */
    static List<QualityResult> marks(AuditSession session, List<AuditRequest.Table> tables) {
        return tables.stream()
                .filter(table -> FrozenTables.STARTS.containsKey(table.name())
                        && table.columns().contains(FrozenTables.IS_FROZEN))
                .map(table -> new QualityResult(
                        table.name(),
                        AuditResult.FROZEN_IS_MARKED,
                        "stop",
                        session.number(AuditQuery.named("frozen_mark")
                                .with(
                                        "table",
                                        Models.find(table.name()).orElseThrow().name())
                                .with("start", FrozenTables.STARTS.get(table.name()))),
                        "rows that say wrongly whether they are copies of released ones"))
                .toList();
    }

    private static boolean isThere(Model model, ReplacedRelease replaced) {
        return replaced.tables().stream()
                .anyMatch(table ->
                        table.name().equals(model.table()) && table.columns().contains("queue_version"));
    }

    private static AuditQuery query(Model model, String start, Comparison comparison, ReplacedRelease replaced) {
        return AuditQuery.named("frozen_difference")
                .with("table", model.name())
                .with("start", start)
                .with(
                        "columns",
                        Stream.concat(comparison.key().stream(), comparison.equal().stream())
                                .toList())
                .with(
                        "is_compared",
                        FrozenTables.STARTS.containsKey(model.table())
                                ? "true"
                                : "(queue, slice, slice_value) in (select (queue, slice, slice_value) from replaced."
                                        + model.name() + ")")
                .with(
                        "is_copied",
                        model.hasColumn("slice") ? "list_contains(list_prepend('all', slices), slice)" : "true")
                .with("replaced_release", replaced.releaseId().value());
    }
}
