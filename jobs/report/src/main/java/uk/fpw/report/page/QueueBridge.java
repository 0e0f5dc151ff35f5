package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import uk.fpw.report.chart.BarChart;
import uk.fpw.report.chart.Chart;
import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;

/** The part of a queue's page that leads from what waited before to what waits now, over all that came and left. */
final class QueueBridge {

    /** Of the latest month that has them: against the month before and against last year. */
    private static final String PARTS = """
            with

            exits as (

                select distinct exit_reason as part_name, is_served
                from mart.queue_exit
                where queue = :queue

            )

            select
                driver.compared_with,
                driver.earlier_end_on,
                driver.period_end_on,
                driver.part,
                driver.part_name,
                coalesce(exits.is_served, false) as is_served,
                driver.earlier_count,
                driver.period_count,
                driver.change_count
            from mart.queue_driver as driver
            left join exits using (part_name)
            where
                driver.queue = :queue
                and driver.is_total
                and driver.measure = 'waiting'
                and driver.period_kind = 'month'
                and driver.compared_with in ('the month before', 'last year')
                and driver.change_count is not null
                and (driver.part = 'all' or driver.change_count <> 0)
            qualify driver.period_end_on = max(driver.period_end_on) over (partition by driver.compared_with)
            order by
                driver.compared_with <> 'last year',
                driver.part <> 'all',
                driver.part <> 'received',
                driver.part <> 're-entered',
                is_served desc,
                driver.change_count,
                driver.part_name
            """;

    private QueueBridge() {}

    static List<Block> of(QueueData data) {
        if (!data.has("mart.queue_driver", "part_name")) {
            return List.of();
        }
        Map<String, List<Row>> bridges = new LinkedHashMap<>();
        for (Row row : data.rows(PARTS)) {
            bridges.computeIfAbsent(row.text("compared_with"), key -> new ArrayList<>())
                    .add(row);
        }
        if (bridges.isEmpty()) {
            return List.of();
        }
        return List.of(new Block(
                "bridge",
                "From then to now",
                bridges.values().stream().map(QueueBridge::sentence).toList(),
                bridges.entrySet().stream()
                        .map(bridge -> chart(data, bridge.getKey(), bridge.getValue()))
                        .toList(),
                List.of(),
                List.of("What came in and what left, as recorded: it says where a change is found, not why. Marked * "
                        + "where leaving means that the work was done. Whether chance explains the change is not "
                        + "assessed: how many wait wanders even if nothing has changed."),
                ""));
    }

    private static String sentence(List<Row> parts) {
        Row all = parts.get(0);
        long in = sum(parts, "received") + sum(parts, "re-entered");
        long left = -sum(parts, "left");
        long served = -parts.stream()
                .filter(row -> row.text("part").equals("left") && row.flag("is_served"))
                .mapToLong(row -> row.count("change_count"))
                .sum();
        return "From " + English.count(all.count("earlier_count")) + " at the end of "
                + English.day(all.date("earlier_end_on")) + " to " + English.count(all.count("period_count"))
                + " at the end of " + English.day(all.date("period_end_on")) + ": " + English.count(in)
                + " came in, " + English.count(sum(parts, "re-entered")) + " of them again; " + English.count(left)
                + " left, " + English.count(served) + " of them served.";
    }

    private static long sum(List<Row> parts, String part) {
        return parts.stream()
                .filter(row -> row.text("part").equals(part))
                .mapToLong(row -> row.count("change_count"))
                .sum();
    }

    private static BarChart.Bar bar(String name, long from, long to, String text) {
        return new BarChart.Bar(name, from, (double) to, text);
    }

    private static Chart chart(QueueData data, String comparedWith, List<Row> parts) {
        Row all = parts.get(0);
        long at = all.count("earlier_count");
        List<BarChart.Bar> bars = new ArrayList<>();
        bars.add(bar("Waiting on " + English.shortDay(all.date("earlier_end_on")), 0, at, English.count(at)));
        for (Row part : parts.subList(1, parts.size())) {
            long change = part.count("change_count");
            bars.add(bar(name(part), at, at + change, (change < 0 ? "−" : "+") + English.count(Math.abs(change))));
            at += change;
        }
        bars.add(bar("Waiting on " + English.shortDay(all.date("period_end_on")), 0, at, English.count(at)));
        return BarChart.of(
                "bridge-" + comparedWith.replace(' ', '-'),
                "Against " + comparedWith,
                data.units(),
                "Waiting, came in, left",
                bars);
    }

    private static String name(Row part) {
        String name = Objects.requireNonNull(part.textOrNull("part_name")).replace('_', ' ');
        return switch (part.text("part")) {
            case "received" -> "Received";
            case "re-entered" -> "Came back: " + name;
            default -> "Left: " + name + (part.flag("is_served") ? " *" : "");
        };
    }
}
