package uk.fpw.audit;

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
import uk.fpw.warehouse.run.FigureChangeRequest.Carried;
import uk.fpw.warehouse.run.FigureChangeSummary;
import uk.fpw.warehouse.run.FigureChangeSummary.ChangedFigure;
import uk.fpw.warehouse.run.FigureChangeSummary.Part;

/**
 * The new rows of {@code mart.figure_change}: every count of a month or a week that was over on the replaced release's
 * date and that a candidate states otherwise, with what each cause contributes. Beside those of earlier releases they
 * are the view {@code figure_history}.
 */
final class FigureChanges {

    /** The table whose rows are written. */
    static final Model MODEL = Models.find("mart.figure_change").orElseThrow();

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
                    using (queue, slice, slice_value, measure, exit_reason, period_kind, period_start_on)
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
                        period_kind,
                        period_start_on,
                        sum(figure) as figure
                    from replaced_count.cell
                    group by all
                ) as recounted
                    using (queue, slice, slice_value, measure, exit_reason, period_kind, period_start_on)
                where changed.difference is not null and %1$s

            ),

            explained as (

                select
                    queue,
                    slice,
                    slice_value,
                    measure,
                    exit_reason,
                    period_kind,
                    period_start_on,
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
                    using (queue, slice, slice_value, measure, exit_reason, period_kind, period_start_on)
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
                case
                    when is_known then %5$s
                    when new_value is null and queue in (%2$s) then %3$s
                    else %4$s
                end,
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
                found.period_kind,
                found.period_start_on,
                found.period_end_on,
                %1$s as replaced_release_id,
                cast(%2$s as date) as replaced_as_at,
                %3$s as new_release_id,
                (select business_date.day from main.business_date) as new_as_at,
                found.replaced_value,
                found.new_value,
                found.cause,
                %4$s as cause_order,
                found.part,
                %3$s as release_id
            from figure_cause as found
            inner join (
                select
                    queue as described_queue,
                    any_value(force) as force,
                    any_value(queue_version) as queue_version,
                    any_value(item_unit) as item_unit
                from (
                    select * from main.queue_monthly
                    union all by name
                    select * from replaced.queue_monthly
                    where queue not in (select month.queue from main.queue_monthly as month)
                )
                group by queue
            ) as described
                on found.queue = described.described_queue
            """;

    /** Of a month: a week or a day is a part of it. */
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
            where part is not null and period_kind = 'month'
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

    /** In which rows are written. */
    private static final List<String> ORDER = List.of(
            "queue",
            "slice",
            "slice_value",
            "measure",
            "exit_reason",
            "period_kind",
            "period_start_on",
            "new_as_at",
            "cause_order");

    private final AuditSession session;
    private final FigureChangeRequest request;
    private final ReleaseId releaseId;

    FigureChanges(AuditSession session, FigureChangeRequest request, ReleaseId releaseId) {
        this.session = session;
        this.request = request;
        this.releaseId = releaseId;
    }

    /**
     * Writes the file; the views of all other tables of the candidate must be there. After an error the two releases
     * are not compared, with a warning and the error in the log: no figure depends on it.
     */
    FigureChangeSummary write() {
        ReleaseId replacedId = request.replaced().releaseId();
        List<String> warnings = new ArrayList<>(request.carried().warnings());
        FigureChangeSummary found = null;
        String notCompared = request.notCompared();
        if (notCompared == null) {
            CreatedTables created = CreatedTables.of(session);
            try {
                found = find();
            } catch (RuntimeException failed) {
                failed.printStackTrace();
                created.drop();
                notCompared = "an error occurred (" + reason(failed) + ")";
                warnings.add("the figures of the past were not compared with release " + replacedId + " because "
                        + notCompared + "; " + AuditException.remedyOf(failed));
            }
        }
        new WrittenRows(session, MODEL, request.file())
                .copy(found == null ? List.of() : List.of("found_change"), ORDER);
        boolean isLost = !showHistory(warnings) || request.carried().isLost();
        FigureParts.forget(session);
        FigureChangeSummary summary = found == null
                ? FigureChangeSummary.notCompared(replacedId, String.valueOf(notCompared), warnings)
                : found.with(warnings);
        return isLost ? summary.withLost("the recorded changes up to release " + replacedId + " were lost") : summary;
    }

    private FigureChangeSummary find() {
        ReplacedTables.show(session, request.replaced());
        ReplacedTables.showFigures(session, request.replaced().businessDate());
        RedefinedQueues.find(session, request);
        ChangedSpells.find(session, request);
        RedefinedQueues.findRecounted(session, request);
        FigureParts.count(session, request.replaced().businessDate());
        ComparedFigures.find(session, request.replaced().businessDate());
        session.execute(CAUSES.formatted(
                request.differences().isOtherCount(),
                texts(request.differences().withdrawnQueues()),
                text(ChangeCause.WITHDRAWN_LOAD),
                text(ChangeCause.COVERAGE),
                text(ChangeCause.DEFINITION)));
        session.execute(ROWS.formatted(
                text(request.replaced().releaseId().value()),
                text(request.replaced().businessDate()),
                text(releaseId.value()),
                ChangeCause.order("found.cause")));
        long wrong = FigureChangeTests.count(session, request, releaseId, "found_change");
        if (wrong > 0) {
            throw new WrongChangesException(
                    wrong + " figures differ between the tables of the two releases otherwise than was found");
        }
        return summary();
    }

    /** What may be stored of an error. */
    private static String reason(RuntimeException failed) {
        return failed instanceof WrongChangesException
                ? String.valueOf(failed.getMessage())
                : AuditException.kindOf(failed);
    }

    /** Changes that do not add up to the difference of the two releases; its message has no value of a row. */
    private static final class WrongChangesException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WrongChangesException(String message) {
            super(message);
        }
    }

    /**
     * Makes {@code figure_history} of the rows about earlier releases and the new ones.
     *
     * @return whether the rows about earlier releases could be read
     */
    private boolean showHistory(List<String> warnings) {
        Carried carried = request.carried();
        List<String> columns = MODEL.columnNames();
        session.show("added_change", MODEL, new AuditRequest.Table(MODEL.table(), columns, List.of(request.file())));
        AuditRequest.Table steps = carried.steps();
        try {
            session.show(
                    "earlier_change",
                    MODEL,
                    steps == null ? new AuditRequest.Table(MODEL.table(), columns, List.of()) : steps);
            session.execute("create view figure_history as select * from earlier_change where new_as_at >= date "
                    + text(carried.since()) + " union all select * from added_change");
            return true;
        } catch (RuntimeException unreadable) {
            unreadable.printStackTrace();
            session.execute("create view figure_history as select * from added_change");
            warnings.add("what changed the figures of the past up to release "
                    + request.replaced().releaseId() + " is no longer in mart.figure_change, "
                    + AuditException.lossOf(unreadable));
            return false;
        }
    }

    private FigureChangeSummary summary() {
        return new FigureChangeSummary(
                request.replaced().releaseId(),
                null,
                session.number("select count(*) from compared_figure where period_kind = 'month'"),
                session.number("select count(*) from compared_figure where period_kind = 'month' "
                        + "and replaced_value is distinct from new_value"),
                session.number("select count(*) from figure_cause where cause = " + text(ChangeCause.UNEXPLAINED)),
                session.number("select count(*) from changed_spell where not is_named and cause = "
                        + text(ChangeCause.REFERENCE_DATA)),
                session.rows(LARGEST).stream()
                        .map(QueryRow::new)
                        .map(FigureChanges::figure)
                        .findFirst()
                        .orElse(null),
                List.of());
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
