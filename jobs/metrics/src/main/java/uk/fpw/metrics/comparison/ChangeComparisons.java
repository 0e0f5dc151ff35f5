package uk.fpw.metrics.comparison;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.ComparisonFingerprint;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.change.Change;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.message.Declaration;

/** Computes the rows of {@code mart.change_comparison}: declared outcomes before and after the changes of a force. */
final class ChangeComparisons {

    private final Force force;
    private final Coverage coverage;
    private final Map<String, Declaration> declarations;
    private final ReleaseKey releaseKey;
    private final TableRows table;

    /**
     * @param declarations since when releases have had each comparison
     * @param consumer receives the values of a row, in the order of the model's columns
     */
    ChangeComparisons(
            Force force,
            Coverage coverage,
            Map<String, Declaration> declarations,
            ReleaseKey releaseKey,
            Consumer<Object[]> consumer) {
        this.force = force;
        this.coverage = coverage;
        this.declarations = declarations;
        this.releaseKey = releaseKey;
        this.table = new TableRows(Models.find(ComparisonPass.TABLE).orElseThrow(), consumer);
    }

    /**
     * Writes the row of one change and queue.
     *
     * @param weeks the whole known weeks of the queue, oldest first and without gaps
     * @param spells those of the queue that were at risk in one of the windows; only read for the wait.
     *     Null if some have been removed
     */
    void write(Change change, Queue queue, List<QueueWeek> weeks, @Nullable SpellsAtRisk spells) {
        Change.Comparison declared = Objects.requireNonNull(change.comparison());
        Declaration declaration = declarations.get(ComparisonFingerprint.of(change));
        BeforeAfter found = BeforeAfter.of(change, declaration, weeks, spells);
        ComparisonWindow window = found.window();
        LocalDate asAt = coverage.asAt(force.feedsBehind(queue));
        TableRows.Row row = table.row()
                .set("force", releaseKey.force())
                .set("change", change.name())
                .set("queue", queue.name())
                .set("queue_version", queue.version())
                .set("item_unit", queue.itemUnit())
                .set("changed_on", change.date())
                .set("outcome", declared.outcome().text())
                .set("direction", declared.direction().text())
                .set("declared_on", declared.declaredOn())
                .set("is_declared_before", !declared.declaredOn().isAfter(change.date()))
                .set("first_seen_on", declaration == null ? null : declaration.firstSeenOn())
                .set("declaration_changed_on", declaration == null ? null : declaration.changedOn())
                .set("comparison_count", BeforeAfter.comparisons(change))
                .set("window_weeks", declared.weeks())
                .set("before_from_on", window.beforeFrom())
                .set("before_to_on", window.beforeTo())
                .set("after_from_on", window.afterFrom())
                .set("after_to_on", window.afterTo())
                .set("complete_week_count", found.weeksAfter())
                .setNames("other_changes", others(change, queue.name(), window), null)
                .set("data_as_at", asAt)
                .set("release_id", releaseKey.releaseId().value());
        setFigures(row, found);
        row.end();
    }

    private static void setFigures(TableRows.Row row, BeforeAfter found) {
        BeforeAfter.Placebo placebo = found.placebo();
        BeforeAfter.Probability probability = found.probability();
        WindowLogRank waits = found.waits();
        WindowLogRank tested =
                waits == null || waits.tooFew() != null || Double.isNaN(waits.probability()) ? null : waits;
        row.set("before_value", found.before())
                .set("after_value", found.after())
                .set(
                        "difference",
                        found.before() == null || found.after() == null ? null : found.after() - found.before())
                .set("placebo_date_count", placebo == null ? null : placebo.dates())
                .set("placebo_share", placebo == null ? null : known(placebo.share()))
                .set("opposite_placebo_share", placebo == null ? null : known(placebo.oppositeShare()))
                .set("p_value", probability == null ? null : probability.declared())
                .set("p_value_adjusted", probability == null ? null : probability.adjusted())
                .set("opposite_p_value", probability == null ? null : probability.opposite())
                .set("autocorrelation", placebo == null ? null : known(placebo.autocorrelation()))
                .set("autocorrelation_bound", placebo == null ? null : placebo.bound())
                .set("before_rank_share", placebo == null ? null : known(placebo.rankShare()))
                .set("weeks_since_extreme", placebo == null ? null : placebo.weeksSinceExtreme())
                .set("left_before_count", waits == null ? null : waits.leftBefore())
                .set("left_after_count", waits == null ? null : waits.leftAfter())
                .set("left_after_expected", waits == null ? null : waits.expectedAfter())
                .set("contributor_before_count", waits == null ? null : waits.contributorsBefore())
                .set("contributor_after_count", waits == null ? null : waits.contributorsAfter())
                .set("log_rank_p_value", tested == null ? null : tested.probability())
                .set("log_rank_variance", tested == null ? null : tested.variance())
                .set("verdict", found.verdict())
                .set("verdict_reason", found.reason());
    }

    /** Other changes of the queue whose date is in the windows, by date. */
    private List<String> others(Change change, String queue, ComparisonWindow window) {
        return force.changes().of(queue).stream()
                .filter(other -> !other.name().equals(change.name()) && window.contains(other.date()))
                .map(other -> other.name() + " (" + other.date() + ")")
                .toList();
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
