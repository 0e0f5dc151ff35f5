package uk.fpw.audit;

import static uk.fpw.model.DuckSql.name;
import static uk.fpw.model.DuckSql.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.ChangeCause;
import uk.fpw.model.DuckSql;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.run.AuditRequest;
import uk.fpw.warehouse.run.FigureChangeRequest;
import uk.fpw.warehouse.run.FigureChangeSummary;
import uk.fpw.warehouse.run.FigureChangeSummary.ChangedFigure;
import uk.fpw.warehouse.run.FigureChangeSummary.Part;

/**
 * The rows of {@code mart.figure_change}: every count of a month that was over on the replaced release's date and that
 * a candidate states otherwise, with what each cause contributes; and the rows about earlier releases, which are
 * carried over.
 */
final class FigureChanges {

    /** The table whose rows are written. */
    static final Model MODEL = Models.find("mart.figure_change").orElseThrow();

    /**
     * Where a release has no figure it has no spell for it, which counts 0, if its queue is known for the whole month.
     *
     */
    private static final String FIGURES = """
            create table compared_figure as
            with

            replaced_figure as (

                select * exclude (month_end_on)
                from replaced.figure
                where month_end_on <= %1$s

            ),

            new_figure as (

                select * exclude (month_end_on)
                from main.figure
                where month_end_on <= %1$s

            )

            select
                queue,
                slice,
                slice_value,
                measure,
                exit_reason,
                month_start_on,
                if(
                    replaced_figure.is_available is null
                    and new_figure.figure is not null
                    and last_day(month_start_on) <= compared.replaced_known_to,
                    0,
                    replaced_figure.figure
                ) as replaced_value,
                if(
                    new_figure.is_available is null
                    and replaced_figure.figure is not null
                    and last_day(month_start_on) <= compared.new_known_to,
                    0,
                    new_figure.figure
                ) as new_value
            from replaced_figure
            full join new_figure
                using (queue, slice, slice_value, measure, exit_reason, month_start_on)
            inner join compared_figures as compared
                using (queue)
            """;

    /**
     * What no cause contributes to is a part without a cause. The version of the software comes first: what the same
     * spells and definitions come to by the new one.
     */
    private static final String CAUSES = """
            create table figure_cause as
            with

            changed as (

                select
                    *,
                    new_value - replaced_value as difference
                from compared_figure
                where replaced_value is distinct from new_value

            ),

            counted as (

                select
                    changed.*,
                    figure_part.cause,
                    figure_part.part
                from changed
                inner join figure_part
                    using (queue, slice, slice_value, measure, exit_reason, month_start_on)
                where changed.difference is not null
                union all
                select
                    changed.*,
                    'software',
                    coalesce(recounted.figure, 0) - changed.replaced_value
                from changed
                left join (
                    select
                        queue,
                        slice,
                        slice_value,
                        measure,
                        exit_reason,
                        month_start_on,
                        sum(figure) as figure
                    from replaced_count.cell
                    group by all
                ) as recounted
                    using (queue, slice, slice_value, measure, exit_reason, month_start_on)
                where changed.difference is not null and %1$s

            ),

            explained as (

                select
                    queue,
                    slice,
                    slice_value,
                    measure,
                    exit_reason,
                    month_start_on,
                    sum(part) as part
                from counted
                group by all

            ),

            stated as (

                select * from counted
                union all
                select
                    changed.*,
                    'unexplained',
                    changed.difference - coalesce(explained.part, 0)
                from changed
                left join explained
                    using (queue, slice, slice_value, measure, exit_reason, month_start_on)
                where changed.difference is not null

            )

            select
                * exclude (difference, part),
                cast(sum(part) as bigint) as part
            from stated
            group by all
            having sum(part) <> 0
            union all
            select
                * exclude (difference),
                if(new_value is null and queue in (%2$s), %3$s, %4$s),
                cast(null as bigint)
            from changed
            where difference is null
            """;

    /** In the columns of the model, by name. */
    private static final String ROWS = """
            create view found_change as
            select
                described.*,
                found.queue,
                found.slice,
                found.slice_value,
                found.slice = 'all' as is_total,
                found.measure,
                found.exit_reason,
                'month' as period_kind,
                found.month_start_on as period_start_on,
                last_day(found.month_start_on) as period_end_on,
                %1$s as replaced_release_id,
                cast(%2$s as date) as replaced_as_at,
                %3$s as new_release_id,
                (select business_date.day from main.business_date) as new_as_at,
                found.replaced_value,
                found.new_value,
                found.cause,
                list_position([%4$s], found.cause) as cause_order,
                found.part,
                %3$s as release_id
            from figure_cause as found
            inner join (
                select
                    queue as described_queue,
                    any_value(force) as force,
                    any_value(queue_version) as queue_version,
                    any_value(item_unit) as item_unit
                from main.queue_monthly
                group by queue
            ) as described
                on found.queue = described.described_queue
            """;

    private static final String LARGEST = """
            select
                queue,
                slice,
                slice_value,
                measure,
                exit_reason,
                cast(period_start_on as varchar),
                any_value(replaced_value),
                any_value(new_value),
                list(cause order by cause_order),
                list(part order by cause_order)
            from found_change
            where part is not null
            group by queue, slice, slice_value, measure, exit_reason, period_start_on
            order by
                abs(any_value(new_value) - any_value(replaced_value)) desc,
                slice <> 'all',
                queue,
                period_start_on desc,
                measure,
                slice,
                slice_value,
                exit_reason
            limit 1
            """;

    private final AuditSession session;
    private final FigureChangeRequest request;
    private final ReleaseId releaseId;

    FigureChanges(AuditSession session, FigureChangeRequest request, ReleaseId releaseId) {
        this.session = session;
        this.request = request;
        this.releaseId = releaseId;
    }

    /** Writes the file; the views of all other tables of the candidate must be there. */
    FigureChangeSummary write() {
        ReleaseId replacedId = request.replaced().releaseId();
        ReplacedTables.show(session, request.replaced());
        String notCompared = request.notCompared();
        if (notCompared != null) {
            copy("");
            return FigureChangeSummary.notCompared(replacedId, notCompared);
        }
        ReplacedTables.showFigures(session);
        RedefinedQueues.find(session, request);
        ChangedSpells.find(session, request);
        RedefinedQueues.findRecounted(session, request);
        FigureParts.count(session);
        String asAt = "date " + text(request.replaced().businessDate());
        session.execute(FIGURES.formatted(asAt));
        session.execute(CAUSES.formatted(
                request.differences().isOtherCount(),
                texts(request.differences().withdrawnQueues()),
                text(ChangeCause.WITHDRAWN_LOAD),
                text(ChangeCause.COVERAGE)));
        session.execute(ROWS.formatted(
                text(replacedId.value()),
                text(request.replaced().businessDate()),
                text(releaseId.value()),
                texts(ChangeCause.all().stream().map(ChangeCause::name).toList())));
        copy("found_change");
        FigureChangeSummary summary = summary(replacedId);
        FigureParts.forget(session);
        return summary;
    }

    /** Copies the carried rows, and those of a view, into the file. */
    private void copy(String found) {
        boolean isCarried = request.replaced().tables().stream()
                .anyMatch(table -> table.name().equals(MODEL.table()));
        List<String> sources = new ArrayList<>();
        if (isCarried) {
            sources.add("select * replace (" + text(releaseId.value()) + " as release_id) from replaced."
                    + name(MODEL.name()));
        }
        if (!found.isEmpty()) {
            sources.add("select * from " + found);
        }
        if (sources.isEmpty()) {
            session.show("no_change", MODEL, new AuditRequest.Table(MODEL.table(), List.of(), List.of()));
            sources.add("select * from no_change");
        }
        String columns = MODEL.columns().stream()
                .map(column -> "cast(" + name(column.name()) + " as " + AuditSession.type(column) + ") as "
                        + name(column.name()))
                .collect(Collectors.joining(", "));
        session.execute("copy (select " + columns + " from ("
                + String.join(" union all by name ", sources)
                + ") order by queue, slice, slice_value, measure, exit_reason, period_start_on, new_as_at, "
                + "cause_order) to "
                + text(request.file()) + " (format parquet, use_tmp_file false)");
    }

    private FigureChangeSummary summary(ReleaseId replacedId) {
        return new FigureChangeSummary(
                replacedId,
                null,
                session.number("select count(*) from compared_figure"),
                session.number("select count(*) from compared_figure where replaced_value is distinct from new_value"),
                session.number("select count(*) from figure_cause where cause = " + text(ChangeCause.UNEXPLAINED)),
                session.rows(LARGEST).stream()
                        .map(QueryRow::new)
                        .map(FigureChanges::figure)
                        .findFirst()
                        .orElse(null));
    }

    private static ChangedFigure figure(QueryRow row) {
        List<Part> parts = new ArrayList<>();
        List<String> causes = row.texts(8);
        List<String> values = row.texts(9);
        for (int i = 0; i < causes.size(); i++) {
            parts.add(new Part(causes.get(i), Long.parseLong(values.get(i))));
        }
        return new ChangedFigure(
                row.text(0),
                row.text(1).equals("all") ? "all" : row.text(1) + " " + row.text(2),
                row.text(3) + (row.text(4).equals("all") ? "" : " as " + row.text(4)),
                row.text(5),
                row.number(6),
                row.number(7),
                parts);
    }

    private static String texts(List<String> values) {
        return values.isEmpty() ? "''" : values.stream().map(DuckSql::text).collect(Collectors.joining(", "));
    }
}
