package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.fpw.query.ReadyQueries;
import uk.fpw.report.chart.Chart;
import uk.fpw.report.chart.TimeChart;
import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;

/**
 * The part of a queue's page about the units whose work it is: what they examined, by staff in post. A unit of few
 * people has no figure by staff, which would be one of persons.
 */
final class QueueUnits {

    /** Fewer full-time equivalents than these are single people. */
    static final int FEWEST_STAFF = 5;

    private static final String ROWS = """
            select *
            from mart.capacity_monthly
            where queue = :queue and is_total and capacity_kind = 'unit'
            qualify row_number() over (partition by capacity order by month_start_on desc) <= 24
            order by title, month_start_on desc
            """;

    private QueueUnits() {}

    static List<Block> of(QueueData data) {
        if (!data.has("mart.capacity_monthly", "capacity_kind", "examined_per_staff")) {
            return List.of();
        }
        Map<String, List<Row>> units = new LinkedHashMap<>();
        data.rows(ROWS).forEach(row -> units.computeIfAbsent(row.text("title"), title -> new ArrayList<>())
                .add(row));
        if (units.isEmpty()) {
            return List.of();
        }
        List<Block.DataTable> tables = new ArrayList<>();
        List<Chart> charts = new ArrayList<>();
        units.forEach((title, months) -> {
            tables.add(table(title, months));
            charts.add(TimeChart.of(
                    "unit-" + charts.size(),
                    title + ": served by each full-time equivalent",
                    data.units() + " a month",
                    List.of(new TimeChart.Series("Served by each", values(months), true)),
                    data.events()));
        });
        return List.of(new Block(
                "units",
                "What units did, by staff in post",
                aroundChanges(data),
                charts,
                tables,
                List.of("Served by the staff of the same month: an examination may have begun months earlier, "
                        + "and people "
                        + "are trained before they examine. Below " + FEWEST_STAFF
                        + " full-time equivalents there is "
                        + "no figure by staff: it would be one of single people."),
                ""));
    }

    /** One sentence for each recorded change of staff. */
    private static List<String> aroundChanges(QueueData data) {
        if (!data.has("mart.change", "change_kind")) {
            return List.of();
        }
        return data.rows(ReadyQueries.named("served_per_staff_around_changes").sql()).stream()
                .filter(row -> isEnough(row, "staff_before") && isEnough(row, "staff_after"))
                .map(row -> "Around the change of " + English.day(row.date("changed_on")) + " ("
                        + row.text("what").strip().replaceFirst("[.]$", "") + "): "
                        + English.figure(row.numberOrNull("examined_per_staff_before"))
                        + " a month for each full-time equivalent in the "
                        + English.of(row.count("month_count_before"), "month") + " before, "
                        + English.figure(row.numberOrNull("examined_per_staff_after")) + " in the "
                        + English.of(row.count("month_count_after"), "month") + " after. That does not say that the "
                        + "change did it.")
                .toList();
    }

    private static boolean isEnough(Row row, String column) {
        Double staff = row.numberOrNull(column);
        return staff != null && staff >= FEWEST_STAFF;
    }

    private static List<TimeChart.Value> values(List<Row> months) {
        List<TimeChart.Value> values = new ArrayList<>();
        for (Row row : months) {
            boolean isShown = isEnough(row, "staff_in_post") && row.numberOrNull("examined_per_staff") != null;
            values.add(
                    0,
                    new TimeChart.Value(
                            row.date("month_end_on"),
                            isShown ? row.numberOrNull("examined_per_staff") : null,
                            isShown ? null : reason(row),
                            row.flag("is_provisional")));
        }
        return values;
    }

    private static String reason(Row row) {
        if (row.numberOrNull("staff_in_post") != null && !isEnough(row, "staff_in_post")) {
            return "fewer than " + FEWEST_STAFF;
        }
        String reason = row.textOrNull("examined_per_staff_reason");
        return reason == null ? "" : reason;
    }

    private static Block.DataTable table(String title, List<Row> months) {
        return new Block.DataTable(
                title + ", the latest two years",
                List.of("Month", "Served", "Full-time equivalents", "Served by each", "Why not"),
                months.stream().map(QueueUnits::line).toList());
    }

    private static List<Block.Cell> line(Row row) {
        String reason = reason(row);
        boolean isFew = row.numberOrNull("staff_in_post") != null && !isEnough(row, "staff_in_post");
        return List.of(
                Block.Cell.of(English.shortMonth(row.date("month_start_on"))),
                Block.Cell.of(English.count(row.countOrNull("examined_count"))),
                Block.Cell.of(isFew ? "" : English.figure(row.numberOrNull("staff_in_post"))),
                Block.Cell.of(isFew ? "" : English.figure(row.numberOrNull("examined_per_staff"))),
                Block.Cell.of(
                        reason.isEmpty() && row.flag("is_provisional") ? "late records are still expected" : reason));
    }
}
