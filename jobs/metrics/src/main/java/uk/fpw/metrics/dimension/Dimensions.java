package uk.fpw.metrics.dimension;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.model.Family;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.EntryRefusals;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.FrozenQueue;
import uk.fpw.warehouse.force.change.Change;
import uk.fpw.warehouse.force.grading.GradingScheme;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.message.PresentationChange;
import uk.fpw.warehouse.message.VersionChange;

/** Computes the rows of the tables that show a force's definitions. */
public final class Dimensions {

    public static final List<String> TABLES = Models.countedBy(Family.DEFINITION);

    private final Force force;
    private final Coverage coverage;
    private final ReleaseKey releaseKey;
    private final Map<String, TableRows> tables = new TreeMap<>();

    /** @param consumer receives the name of the table and the values of a row, in the order of the model's columns */
    public Dimensions(Force force, Coverage coverage, ReleaseKey releaseKey, BiConsumer<String, Object[]> consumer) {
        this.force = force;
        this.coverage = coverage;
        this.releaseKey = releaseKey;
        TABLES.forEach(table -> tables.put(
                table, new TableRows(Models.find(table).orElseThrow(), values -> consumer.accept(table, values))));
    }

    /**
     * Computes every row.
     *
     * @param versionChanges by queue, since when its current version has been used; without queues that every release
     *     counted by that version
     * @param presentationChanges by queue and field, since when it has been charted and judged as it is; without queues
     *     and fields for which that has never changed
     * @param firstDay earliest day of an event or a judgement; null if there is none
     */
    public void write(
            Map<String, VersionChange> versionChanges,
            Map<String, Map<String, PresentationChange>> presentationChanges,
            @Nullable LocalDate firstDay) {
        Calendar calendar = new Calendar(force.bankHolidays());
        calendar.days(first(firstDay), coverage.businessDate())
                .forEach(day -> calendar.fill(row("mart.dim_date"), day).end());
        for (Queue queue : force.queues()) {
            LocalDate asAt = coverage.asAt(force.feedsBehind(queue));
            QueueTexts.fill(
                            forceRow("mart.dim_queue"),
                            queue,
                            versionChanges.get(queue.name()),
                            presentationChanges.getOrDefault(queue.name(), Map.of()))
                    .set("pack", force.packOf(queue))
                    .set("data_as_at", asAt)
                    .end();
            for (int i = 0; i < queue.standards().size(); i++) {
                standard(queue, queue.standards().get(i), i + 1, asAt);
            }
        }
        for (Change change : force.changes().all()) {
            change.queues().forEach(queue -> change(change, queue));
        }
        for (GradingScheme scheme : force.schemes()) {
            scheme.versions().forEach(version -> grades(scheme, version));
        }
    }

    /** Copied figures may be about days before the first event that is still there. */
    private @Nullable LocalDate first(@Nullable LocalDate firstDay) {
        return Stream.concat(
                        Stream.ofNullable(firstDay),
                        coverage.frozen().values().stream().map(FrozenQueue::from))
                .min(LocalDate::compareTo)
                .orElse(null);
    }

    private void standard(Queue queue, Queue.Standard standard, int order, LocalDate asAt) {
        forceRow("mart.dim_standard")
                .set("queue", queue.name())
                .set("queue_version", queue.version())
                .set("standard", standard.name())
                .set("standard_order", order)
                .set("title", standard.title())
                .set("within_hours", standard.withinHours())
                .set("within_days", standard.withinDays())
                .set("target_share", standard.target())
                .setNames("applies_to", QueueTexts.conditions(standard), "every item")
                .set("refusal", EntryRefusals.of(force, queue).ofStandard(standard))
                .set("data_as_at", asAt)
                .end();
    }

    private void change(Change change, String queue) {
        Change.Comparison comparison = change.comparison();
        LocalDate asAt = coverage.asAt(force.feedsBehind(force.queue(queue)));
        forceRow("mart.change")
                .set("change", change.name())
                .set("queue", queue)
                .set("changed_on", change.date())
                .set("change_kind", change.kind().text())
                .set("what", change.what())
                .set("why", change.why())
                .set("decided_by", change.decidedBy())
                .set("is_rebase", change.rebase())
                .set("complete_week_count", PointsAfter.weeks(change.date(), asAt))
                .set("complete_month_count", PointsAfter.months(change.date(), asAt))
                .set("outcome", comparison == null ? null : comparison.outcome().text())
                .set(
                        "direction",
                        comparison == null ? null : comparison.direction().text())
                .set("declared_on", comparison == null ? null : comparison.declaredOn())
                .set("data_as_at", asAt)
                .end();
    }

    private void grades(GradingScheme scheme, GradingScheme.Version version) {
        List<String> grades = version.grades();
        for (int rank = 1; rank <= grades.size(); rank++) {
            forceRow("mart.dim_scheme")
                    .set("scheme", scheme.name())
                    .set("scheme_version", version.version())
                    .set("pack", force.packOf(scheme))
                    .set("title", scheme.title())
                    .set("description", scheme.description())
                    .set("valid_from", version.validFrom())
                    .set("grade", grades.get(rank - 1))
                    .set("grade_rank", rank)
                    .set("grade_count", grades.size())
                    .set("data_as_at", coverage.businessDate())
                    .end();
        }
    }

    private TableRows.Row forceRow(String table) {
        return row(table).set("force", releaseKey.force());
    }

    private TableRows.Row row(String table) {
        return Objects.requireNonNull(tables.get(table))
                .row()
                .set("release_id", releaseKey.releaseId().value());
    }
}
