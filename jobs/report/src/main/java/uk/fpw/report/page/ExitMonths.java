package uk.fpw.report.page;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uk.fpw.report.chart.Chart;
import uk.fpw.report.chart.StackedShare;
import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;

/** How items of a queue left over time, as shares of what left in each whole month. */
final class ExitMonths {

    private static final String ROWS = """
            select *
            from mart.queue_exit
            where queue = :queue and is_total and not coalesce(is_partial, false)
            order by month_start_on, exit_reason
            """;

    private ExitMonths() {}

    /** The chart; none if no whole month is known, or if all items left in one way. */
    static Optional<Chart> of(QueueData data) {
        Set<String> served = new HashSet<>();
        Set<String> names = new HashSet<>();
        Map<LocalDate, ExitMonth> byStart = new LinkedHashMap<>();
        for (Row row : data.rows(ROWS)) {
            String way = QueueExits.name(row);
            names.add(way);
            if (row.flag("is_served")) {
                served.add(way);
            }
            byStart.computeIfAbsent(row.date("month_start_on"), on -> new ExitMonth(row))
                    .add(way, row);
        }
        List<ExitMonth> months = List.copyOf(byStart.values());
        List<String> ways = names.stream()
                .sorted(Comparator.comparing((String way) -> !served.contains(way))
                        .thenComparing(way -> -count(months, way))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        boolean isDivided = ways.stream().filter(way -> count(months, way) > 0).count() > 1;
        return isDivided && months.stream().anyMatch(month -> month.unavailable() == null)
                ? Optional.of(chart(data, months, parts(ways)))
                : Optional.empty();
    }

    private static long count(List<ExitMonth> months, String way) {
        return months.stream().mapToLong(month -> month.count(List.of(way))).sum();
    }

    /** Ways that share a colour. */
    private static List<List<String>> parts(List<String> ways) {
        if (ways.size() <= StackedShare.PARTS) {
            return ways.stream().map(List::of).toList();
        }
        int alone = StackedShare.PARTS - 1;
        List<List<String>> parts = new ArrayList<>();
        ways.stream().limit(alone).map(List::of).forEach(parts::add);
        parts.add(ways.subList(alone, ways.size()));
        return parts;
    }

    private static Chart chart(QueueData data, List<ExitMonth> months, List<List<String>> parts) {
        return StackedShare.of(
                "exit-periods",
                "How items left, by month",
                "share of the " + data.units() + " that left in the month",
                parts.stream()
                        .map(part -> part.size() == 1 ? part.get(0) : "other ways")
                        .toList(),
                months.stream()
                        .map(month -> new StackedShare.Period(
                                English.shortMonth(month.on()),
                                month.unavailable() == null
                                        ? parts.stream().map(month::count).toList()
                                        : null,
                                month.unavailable(),
                                month.isProvisional()))
                        .toList());
    }
}
