package uk.fpw.audit;

import static uk.fpw.model.DuckSql.text;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.ChangeCause;
import uk.fpw.model.DuckSql;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.run.AuditRequest;
import uk.fpw.warehouse.run.FigureChangeRequest;
import uk.fpw.warehouse.run.FigureChangeSummary;
import uk.fpw.warehouse.run.StatisticChangeSummary;

/**
 * The new rows of {@code mart.statistic_change}: quantiles and restricted means of waits, shares of standards and
 * shares of re-entries that a candidate states otherwise than the release that it replaces, with what each cause
 * contributes.
 */
final class StatisticChanges {

    /** The table whose rows are written. */
    static final Model MODEL = Models.find("mart.statistic_change").orElseThrow();

    /** The published tables that are compared. */
    private static final List<String> COMPARED =
            List.of("mart.wait_summary", "mart.wait_standard", "mart.reentry_share");

    /** In the columns of the model, by name. */
    private static final String ROWS = """
            create view found_statistic_change as
            select
                described.force,
                found.queue,
                described.queue_version,
                described.item_unit,
                found.slice,
                found.slice_value,
                found.slice = 'all' as is_total,
                found.mart,
                found.measure,
                found.standard,
                found.cohort,
                found.month_start_on,
                %1$s as replaced_release_id,
                cast(%2$s as date) as replaced_as_at,
                %3$s as new_release_id,
                (select business_date.day from main.business_date) as new_as_at,
                found.replaced_value,
                found.new_value,
                found.cause,
                list_position([%4$s], found.cause) as cause_order,
                found.part,
                found.part_reason,
                %3$s as release_id
            from statistic_part as found
            inner join (
                select
                    queue,
                    any_value(force) as force,
                    any_value(queue_version) as queue_version,
                    any_value(item_unit) as item_unit
                from main.queue_monthly
                group by queue
            ) as described
                on found.queue = described.queue
            """;

    /** In which rows are written. */
    private static final List<String> ORDER = List.of(
            "queue",
            "mart",
            "measure",
            "slice",
            "slice_value",
            "standard",
            "cohort",
            "new_as_at",
            "new_release_id",
            "cause_order");

    private final AuditSession session;
    private final FigureChangeRequest request;
    private final ReleaseId releaseId;

    StatisticChanges(AuditSession session, FigureChangeRequest request, ReleaseId releaseId) {
        this.session = session;
        this.request = request;
        this.releaseId = releaseId;
    }

    /**
     * Writes the file; the views of the candidate's published tables must be there, and the tables of
     * {@link FigureChanges} if the counts were compared. A statistic that cannot be explained stops no release: after
     * an error no rows are written.
     *
     * @param figures what was found of the counts
     */
    StatisticChangeSummary write(FigureChangeSummary figures) {
        String notCompared = notCompared(figures);
        if (notCompared != null) {
            copy(List.of());
            return StatisticChangeSummary.notCompared(notCompared);
        }
        CreatedTables created = CreatedTables.of(session);
        try {
            explain();
            copy(List.of("found_statistic_change"));
            return summary();
        } catch (RuntimeException failed) {
            failed.printStackTrace();
            created.drop();
            copy(List.of());
            return StatisticChangeSummary.failed(AuditException.kindOf(failed), AuditException.remedyOf(failed));
        }
    }

    private @Nullable String notCompared(FigureChangeSummary figures) {
        if (figures.notCompared() != null) {
            return figures.notCompared();
        }
        List<String> tables = request.replaced().tables().stream()
                .map(AuditRequest.Table::name)
                .toList();
        List<String> missing =
                COMPARED.stream().filter(table -> !tables.contains(table)).toList();
        return missing.isEmpty() ? null : "the replaced release has no " + String.join(", ", missing);
    }

    private void explain() {
        StatisticParts.showStatistics(session);
        StatisticParts.explain(
                session,
                request.replaced().businessDate(),
                request.differences().isOtherSoftware(),
                request.differences().withdrawnQueues());
        session.execute(ROWS.formatted(
                text(request.replaced().releaseId().value()),
                text(request.replaced().businessDate()),
                text(releaseId.value()),
                ChangeCause.all().stream()
                        .map(ChangeCause::name)
                        .map(DuckSql::text)
                        .collect(Collectors.joining(", "))));
    }

    private void copy(List<String> found) {
        new WrittenRows(session, MODEL, request.statisticFile()).copy(found, ORDER);
    }

    private StatisticChangeSummary summary() {
        return new StatisticChangeSummary(
                null,
                false,
                session.number("select count(distinct statistic) from statistic_part"),
                session.number("select count(*) from statistic_part where cause = " + text(ChangeCause.UNEXPLAINED)));
    }
}
