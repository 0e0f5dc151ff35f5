package uk.fpw.audit;

import static uk.fpw.model.DuckSql.text;

import java.util.ArrayList;
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
 * The rows of {@code mart.statistic_change}: quantiles and restricted means of waits, shares of standards and shares of
 * re-entries that a candidate states otherwise than the release that it replaces, with what each cause contributes; and
 * the rows about earlier releases, which are carried over.
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

    private static final String CARRIED = """
            create table carried_statistic_change as
            select * replace (%1$s as release_id)
            from earlier_statistic_change
            where new_as_at >= date %2$s and new_release_id not in (%3$s)
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

    private static final AuditRequest.Table NONE = new AuditRequest.Table(MODEL.table(), List.of(), List.of());

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
     * an error only the rows about earlier releases are written; if these cannot be read, only what was found.
     *
     * @param figures what was found of the counts
     */
    StatisticChangeSummary write(FigureChangeSummary figures) {
        String lost = showCarried();
        String notCompared = notCompared(figures);
        if (notCompared != null) {
            copy(List.of());
            return StatisticChangeSummary.notCompared(notCompared).withLost(lost);
        }
        CreatedTables created = CreatedTables.of(session);
        try {
            explain();
            copy(List.of("found_statistic_change"));
            return summary().withLost(lost);
        } catch (RuntimeException failed) {
            failed.printStackTrace();
            created.drop();
            copy(List.of());
            return StatisticChangeSummary.failed(AuditException.kindOf(failed), AuditException.remedyOf(failed))
                    .withLost(lost);
        }
    }

    /** Makes {@code carried_statistic_change}. Why it has no rows although there were some; null otherwise. */
    private @Nullable String showCarried() {
        AuditRequest.Table rows = request.carried().statistics();
        String lost = null;
        if (rows != null) {
            try {
                session.show("earlier_statistic_change", MODEL, rows);
                session.execute(carriedRows());
                return null;
            } catch (RuntimeException unreadable) {
                unreadable.printStackTrace();
                lost = "what changed quantiles and shares of the past up to release "
                        + request.replaced().releaseId() + " is no longer in " + MODEL.table() + ", "
                        + AuditException.lossOf(unreadable);
            }
        }
        session.show("carried_statistic_change", MODEL, NONE);
        return lost;
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

    /** Copies the carried rows, and those of the other tables or views, into the file. */
    private void copy(List<String> found) {
        List<String> sources = new ArrayList<>(found);
        sources.add("carried_statistic_change");
        new WrittenRows(session, MODEL, request.statisticFile()).copy(sources, ORDER);
    }

    private String carriedRows() {
        List<String> withdrawn = request.carried().withdrawnReleases();
        return CARRIED.formatted(
                text(releaseId.value()),
                text(request.carried().since()),
                withdrawn.isEmpty()
                        ? "''"
                        : withdrawn.stream().map(DuckSql::text).collect(Collectors.joining(", ")));
    }

    private StatisticChangeSummary summary() {
        return new StatisticChangeSummary(
                null,
                false,
                session.number("select count(distinct statistic) from statistic_part"),
                session.number("select count(*) from statistic_part where cause = " + text(ChangeCause.UNEXPLAINED)));
    }
}
