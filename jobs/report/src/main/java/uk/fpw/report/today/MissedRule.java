package uk.fpw.report.today;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.page.QueuePaths;
import uk.fpw.report.text.English;

/** Standards that some of the items of the latest complete month did not meet. */
final class MissedRule implements AttentionRule {

    /** The latest three months of which every deadline has passed and no late record is expected. */
    private static final String FIND = """
            with

            -- several items of one case or person are things, such as devices
            things as (

                select queue, bool_or(contributor_count < waiting_count) as are_things
                from mart.queue_daily
                where is_total
                group by queue

            )

            select
                met.queue,
                queue.title,
                met.item_unit,
                met.standard,
                standard.title as standard_title,
                %s as target_share,
                met.month_start_on,
                met.due_count,
                met.failed_count,
                met.left_unseen_count,
                met.unknown_count,
                met.share_low,
                met.share_high,
                coalesce(things.are_things, false) as are_things
            from mart.wait_standard as met
            inner join mart.dim_queue as queue using (queue)
            inner join mart.dim_standard as standard using (queue, standard)
            left join things using (queue)
            where
                met.is_total
                and queue.queue_role <> 'variant'
                and met.is_available
                and not met.is_partial
                and not met.is_provisional
                and met.not_yet_due_count = 0
                and met.due_count > 0
                and met.month_start_on >= date_trunc('month', met.data_as_at) - interval 6 month
            qualify row_number() over (partition by met.queue, met.standard order by met.month_start_on desc) <= 3
            order by met.queue, met.standard, met.month_start_on
            """;

    @Override
    public Attention.Rule shown() {
        return new Attention.Rule(
                Attention.Harm.STANDARDS,
                "standard missed",
                "Standards that fewer items of the latest complete month met than their target says, or, without a "
                        + "target, that at least one did not meet, with the share that met it in each of the latest "
                        + "three; people before things. A month is complete when each of its "
                        + "deadlines has passed and no late record of it is expected.");
    }

    @Override
    public List<Attention> find(SiteData site) {
        if (!site.release().has("mart.wait_standard", "share_high")) {
            return List.of();
        }
        Map<List<String>, List<Row>> months = new LinkedHashMap<>();
        boolean hasTargets = site.release().has("mart.dim_standard", "target_share");
        for (Row row : site.release().rows(FIND.formatted(hasTargets ? "standard.target_share" : "null"))) {
            months.computeIfAbsent(List.of(row.text("queue"), row.text("standard")), key -> new ArrayList<>())
                    .add(row);
        }
        return months.values().stream()
                .filter(rows -> high(latest(rows)) < target(latest(rows)))
                .map(this::missed)
                .toList();
    }

    private Attention missed(List<Row> months) {
        Row latest = latest(months);
        long due = latest.count("due_count");
        long failed = latest.count("failed_count");
        long unseen = latest.count("left_unseen_count");
        return new Attention(
                shown(),
                latest.text("title") + ": " + latest.text("standard_title"),
                "Met by "
                        + English.list(months.stream()
                                .map(row -> share(row) + " (" + English.shortMonth(row.date("month_start_on")) + ")")
                                .toList())
                        + " of those who came in. In " + English.month(latest.date("month_start_on"))
                        + ", the latest month whose deadlines have all passed and of which no late record is expected"
                        + ", of "
                        + English.of(due, latest.text("item_unit")) + " " + English.count(failed)
                        + (failed == 1 ? " was" : " were") + " late"
                        + (unseen == 0 ? "" : " and " + English.count(unseen) + " left without being served")
                        + unknown(latest) + "."
                        + (latest.numberOrNull("target_share") == null
                                ? " No target is declared, so that each one counts."
                                : " The target is " + English.share(latest.number("target_share")) + "."),
                QueuePaths.of(latest.text("queue")) + "#standards",
                null,
                (latest.flag("are_things") ? 0 : 1) + 1 - high(latest));
    }

    private static Row latest(List<Row> months) {
        return months.get(months.size() - 1);
    }

    /** Without a declared target every item should meet the standard. */
    private static double target(Row row) {
        Double target = row.numberOrNull("target_share");
        return target == null ? 1 : target;
    }

    private static double high(Row row) {
        return Objects.requireNonNull(row.numberOrNull("share_high"));
    }

    /** A range where it is not known of each whether it met the standard. */
    private static String share(Row row) {
        String low = String.format(Locale.UK, "%.0f", 100 * Objects.requireNonNull(row.numberOrNull("share_low")));
        String high = String.format(Locale.UK, "%.0f", 100 * high(row));
        return List.of(low, high).stream().distinct().collect(Collectors.joining(" to ")) + " %";
    }

    private static String unknown(Row row) {
        long unknown = row.count("unknown_count");
        return unknown == 0 ? "" : "; of " + English.count(unknown) + " it is not known";
    }
}
