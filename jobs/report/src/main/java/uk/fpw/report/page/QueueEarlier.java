package uk.fpw.report.page;

import java.util.List;
import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;

/** The part of a queue's page with what earlier releases said of months and days that are stated otherwise now. */
final class QueueEarlier {

    private static final int SHOWN = 30;

    private static final String STEPS = """
            select
                period_kind = 'day' as is_day,
                period_start_on,
                measure,
                exit_reason,
                replaced_as_at,
                new_as_at,
                any_value(replaced_value) as earlier,
                any_value(new_value) as later,
                string_agg(cause || if(part is null, '', printf(' %+d', part)), ', ' order by cause_order) as causes,
                count(*) over () as step_count,
                (select min(replaced_as_at) from mart.figure_change) as known_since
            from mart.figure_change
            where
                queue = :queue
                and is_total
                and period_kind in ('month', 'day')
                and measure in ('waiting_count', 'received_count', 'left_count', 'past_standard_count')
                and exit_reason = 'all'
            group by all
            order by new_as_at desc, is_day desc, period_start_on desc, measure
            limit %d
            """;

    private QueueEarlier() {}

    static List<Block> of(QueueData data) {
        if (!data.has("mart.figure_change", "period_kind")) {
            return List.of();
        }
        List<Row> rows = data.rows(STEPS.replace("%d", Integer.toString(SHOWN)));
        if (rows.isEmpty()) {
            return List.of();
        }
        long all = rows.get(0).count("step_count");
        return List.of(Block.ofTable(
                "earlier",
                "What earlier releases said",
                "Months and days of this queue that a later release stated otherwise"
                        + (all > SHOWN
                                ? "; the latest " + SHOWN + " of " + English.count(all) + " such changes."
                                : "."),
                new Block.DataTable(
                        "Earlier values",
                        List.of("Month or day", "Figure", "Said on", "Value", "Changed on", "To", "Because"),
                        rows.stream()
                                .map(row -> List.of(
                                        Block.Cell.of(
                                                row.flag("is_day")
                                                        ? English.shortDay(row.date("period_start_on"))
                                                        : English.shortMonth(row.date("period_start_on"))),
                                        Block.Cell.of(row.text("measure")
                                                .replace("_count", "")
                                                .replace('_', ' ')),
                                        Block.Cell.of(English.shortDay(row.date("replaced_as_at"))),
                                        Block.Cell.of(English.count(row.countOrNull("earlier"))),
                                        Block.Cell.of(English.shortDay(row.date("new_as_at"))),
                                        Block.Cell.of(English.count(row.countOrNull("later"))),
                                        Block.Cell.of(row.text("causes"))))
                                .toList()),
                "Of what waits, came in, left and is past the standard. A month that is not here was not changed "
                        + "after it was over, by any release since that of "
                        + English.day(rows.get(0).date("known_since"))
                        + "; of days, the last of each release is compared with the next."));
    }
}
