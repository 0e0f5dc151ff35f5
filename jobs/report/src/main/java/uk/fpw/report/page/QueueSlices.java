package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.fpw.report.chart.BarChart;
import uk.fpw.report.chart.Chart;
import uk.fpw.report.chart.Event;
import uk.fpw.report.chart.TimeChart;
import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;

/** The part of a queue's page about its items by their attributes. */
final class QueueSlices {

    /** Values of an attribute whose months can be chosen; the others are in the picture of today. */
    private static final int CHOICES = 8;

    /** Months of such a value that are drawn, the latest. */
    private static final int DRAWN_MONTHS = 36;

    /** Values of all attributes whose months can be chosen, in a queue with as many months as are drawn. */
    private static final int ALL_CHOICES = 13;

    /** The other pictures of a queue grow with its months: for each so many months more, one value less is drawn. */
    private static final int MONTHS_OF_A_CHOICE = 10;

    private static final int FEWEST_CHOICES = 4;

    /** Values of an attribute in the table of today; there may be thousands. */
    private static final int VALUES = 100;

    /** Months of the values of which most waits, with their place in that order. */
    private static final String MONTHS =
            """
            with

            largest as (

                select
                    slice,
                    slice_value,
                    row_number() over (partition by slice order by waiting_count desc nulls last, slice_value) as place
                from mart.queue_daily
                where queue = :queue and not is_total and day = data_as_at
                qualify place <= %1$d

            ),

            history as (

                select count(distinct month_start_on) as months
                from mart.queue_monthly
                where queue = :queue

            ),

            chosen as (

                select *
                from largest
                qualify row_number() over (order by place, slice)
                    <= (
                        select greatest(%2$d, %3$d - greatest(0, months - %4$d) // %5$d)
                        from history
                    )

            )

            select
                chosen.place, slice, slice_value, month.measured_to_on as day, month.waiting_count,
                month.received_count, month.reentered_count, month.left_count,
                month.is_partial, month.is_provisional, month.unavailable_reason
            from mart.queue_monthly as month
            inner join chosen using (slice, slice_value)
            where month.queue = :queue
            qualify row_number() over (partition by slice, slice_value order by month.month_start_on desc) <= %4$d
            order by slice, chosen.place, month.month_start_on
            """.formatted(CHOICES, FEWEST_CHOICES, ALL_CHOICES, DRAWN_MONTHS, MONTHS_OF_A_CHOICE);

    /** What waits, by the values when the items entered. */
    private static final String AT_ENTRY = """
            select slice, slice_value, waiting_count, unavailable_reason
            from mart.queue_daily
            where queue = :queue and not is_total and day = data_as_at
            """;

    /** The same by the values that attributes have now; earlier releases have no such table. */
    private static final String NOW = """
            union all
            select slice, slice_value, waiting_count, unavailable_reason
            from mart.queue_now
            where queue = :queue
            """;

    private QueueSlices() {}

    /** What waits by each attribute, and the months of the values of which most waits. */
    static List<Block> of(QueueData data) {
        Map<String, List<Row>> slices = new LinkedHashMap<>();
        for (Row row : data.rows("""
                select *, count(*) over (partition by slice) as value_count
                from (%s)
                qualify row_number() over (partition by slice order by waiting_count desc nulls last, slice_value)
                    <= %d
                order by slice, waiting_count desc nulls last, slice_value
                """.formatted(data.has("mart.queue_now") ? AT_ENTRY + NOW : AT_ENTRY, VALUES))) {
            slices.computeIfAbsent(row.text("slice"), slice -> new ArrayList<>())
                    .add(row);
        }
        if (slices.isEmpty()) {
            return List.of();
        }
        Map<String, Map<Long, List<Row>>> months = new HashMap<>();
        for (Row row : data.rows(MONTHS)) {
            months.computeIfAbsent(row.text("slice"), slice -> new LinkedHashMap<>())
                    .computeIfAbsent(row.count("place"), place -> new ArrayList<>())
                    .add(row);
        }
        List<Event> events = data.events();
        List<Chart> today = new ArrayList<>();
        List<Block.Choice> choices = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        slices.forEach((slice, rows) -> {
            String name = slice.replace('_', ' ');
            long others = rows.get(0).count("value_count") - rows.size();
            today.add(BarChart.of(
                    "slice-" + today.size(),
                    "Waiting by " + name,
                    data.units(),
                    English.sentence(name),
                    rows.stream()
                            .map(row -> QueueData.bar(row.text("slice_value"), row, "waiting_count"))
                            .toList(),
                    (int) others));
            if (others > 0) {
                notes.add(English.sentence(name) + ": the " + VALUES + " values with the most are in the table, "
                        + English.count(others) + " others are not; the query waiting_now lists all.");
            }
            months.getOrDefault(slice, Map.of())
                    .values()
                    .forEach(ofValue -> choices.add(new Block.Choice(
                            English.sentence(name) + ": " + ofValue.get(0).text("slice_value"),
                            charts(data, events, "slice-" + choices.size() + "-of", ofValue))));
        });
        notes.add("Month by month: the latest " + DRAWN_MONTHS + " months of " + English.of(choices.size(), "value")
                + "; mart.queue_monthly has all values and months.");
        notes.add("The count of a value can fall because another value is recorded instead.");
        return List.of(new Block(
                "slices",
                "By attribute",
                List.of("What waits at the end of the day, by what was recorded when the item entered, with (now) by "
                        + "what the source has recorded since; and month by month for the values at entry of which "
                        + "most waits."),
                today,
                List.of(),
                notes,
                "",
                choices,
                Block.Evidence.NONE));
    }

    private static List<Chart> charts(QueueData data, List<Event> events, String id, List<Row> rows) {
        List<Row> whole = rows.stream().filter(row -> !row.flag("is_partial")).toList();
        List<TimeChart.Series> flows = new ArrayList<>();
        flows.add(flow("Received", whole, "received_count"));
        boolean isReentered = whole.stream()
                .map(row -> row.countOrNull("reentered_count"))
                .anyMatch(count -> count != null && count > 0);
        if (isReentered) {
            flows.add(flow("Re-entered", whole, "reentered_count"));
        }
        flows.add(flow("Left", whole, "left_count"));
        return List.of(
                TimeChart.of(
                        id + "-stock",
                        "Waiting at the end of the month",
                        data.units(),
                        List.of(new TimeChart.Series(
                                "Waiting",
                                rows.stream()
                                        .map(row -> QueueFlows.value(row, "waiting_count"))
                                        .toList())),
                        events),
                TimeChart.of(
                        id + "-flows",
                        (isReentered ? "Received, re-entered and left" : "Received and left") + ", by month",
                        data.units(),
                        flows,
                        events));
    }

    private static TimeChart.Series flow(String name, List<Row> rows, String column) {
        return new TimeChart.Series(
                name,
                rows.stream()
                        .map(row -> new TimeChart.Value(
                                row.date("day"),
                                row.numberOrNull(column),
                                QueueData.reason(row, column),
                                row.flag("is_provisional")))
                        .toList(),
                true);
    }
}
