package uk.fpw.report.change;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.ChangeCause;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;

/**
 * The figures that a release states otherwise than an earlier one. The parts of the causes of all steps between them
 * are added up: of each figure they are its whole difference. A figure that was not available in one of the releases,
 * or in one between them, has causes without parts. Figures that changed and changed back are none of these.
 */
final class ChangedFigures {

    /** Changes of smaller figures come after the others: from 1 to 2 is 100 %. */
    static final int LARGE = 10;

    private static final String CELL = "queue, measure, exit_reason, period_kind, period_start_on";

    private final SiteData site;
    private final String cells;

    /**
     * Reads nothing yet.
     *
     * @param steps the steps between the releases
     */
    ChangedFigures(SiteData site, ReleaseSteps steps) {
        this.site = site;
        String order = IntStream.range(0, steps.made().size())
                .mapToObj(i -> "('" + steps.made().get(i).value() + "', " + -i + ")")
                .collect(Collectors.joining(", "));
        this.cells = """
                with

                steps as (

                    select *
                    from mart.figure_change
                    inner join (values %s) as step (new_release_id, position) using (new_release_id)
                    where
                        is_total
                        and %s
                        and period_end_on <= date '%s'
                        and (period_kind = 'month' or %s)

                ),

                differences as (

                    select
                        %4$s,
                        first(replaced_value order by position) as earlier,
                        last(new_value order by position) as now,
                        max(new_as_at) as new_as_at,
                        bool_or(part is null) as is_gap
                    from steps
                    group by all
                    having earlier is distinct from now

                ),

                parts as (

                    select
                        %4$s,
                        cause,
                        max(cause_order) as cause_order,
                        case when bool_and(not is_gap) then sum(steps.part)::bigint end as part
                    from steps
                    inner join differences using (%4$s)
                    group by %4$s, cause
                    having bool_or(is_gap) or sum(steps.part) <> 0

                )

                """.replace("%4$s", CELL).formatted(order, ChangeOrder.SHOWN, steps.asAt(), steps.isOne());
    }

    /** How many figures differ. */
    long count() {
        return site.release()
                .row(cells + "select count(*) as n from differences")
                .count("n");
    }

    /**
     * By cause, the one with the largest sum of parts first.
     *
     * @param figures how many figures have it
     * @param more sum of its positive parts; they overlap, so that this is no number of items
     * @param fewer the same of the negative ones, as a positive number
     */
    record Cause(String name, long figures, long more, long fewer) {

        /** What it means, as in the audit; empty for a cause that this version does not know. */
        String meaning() {
            return ChangeCause.all().stream()
                    .filter(cause -> cause.name().equals(name))
                    .map(ChangeCause::description)
                    .findFirst()
                    .orElse("");
        }
    }

    /** The causes. */
    List<Cause> causes() {
        return site.release().rows(cells + """
                        select
                            cause,
                            count(*) as figures,
                            coalesce(sum(part) filter (where part > 0), 0)::bigint as more,
                            coalesce(-sum(part) filter (where part < 0), 0)::bigint as fewer
                        from parts
                        group by cause
                        order by more + fewer desc, figures desc, max(cause_order)
                        """).stream()
                .map(row -> new Cause(row.text("cause"), row.count("figures"), row.count("more"), row.count("fewer")))
                .toList();
    }

    /**
     * The figures: those of at least {@link #LARGE} first, by the share of the earlier value by which they differ.
     *
     * @param cause only those that have this cause; null for all
     */
    List<Row> largest(@Nullable String cause, int limit) {
        return site.release()
                .rows(cells + """
                , texts as (

                    select
                        %1$s,
                        bool_or(%2$s) as is_shown,
                        string_agg(
                            cause || if(part is null, '', printf(' %%+d', part)),
                            ', '
                            order by abs(part) desc nulls last, cause_order
                        ) as parts
                    from parts
                    group by all

                )

                select
                    queue.title,
                    differences.*,
                    texts.parts
                from differences
                inner join mart.dim_queue as queue using (queue)
                inner join texts using (%1$s)
                where is_shown
                order by
                    coalesce(greatest(earlier, now), 0) < %3$d,
                    abs(now - earlier) / greatest(earlier, 1) desc nulls last,
                    abs(now - earlier) desc,
                    period_start_on desc,
                    %1$s
                limit %4$d
                """.formatted(CELL, cause == null ? "true" : "cause = '" + cause + "'", LARGE, limit));
    }
}
