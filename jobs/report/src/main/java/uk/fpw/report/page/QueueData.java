package uk.fpw.report.page;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.DuckSql;
import uk.fpw.report.chart.BarChart;
import uk.fpw.report.chart.Chart;
import uk.fpw.report.chart.Event;
import uk.fpw.report.chart.Sparkline;
import uk.fpw.report.chart.TimeChart;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;
import uk.fpw.text.Plural;

/**
 * The rows of one queue.
 *
 * @param queue its name
 * @param unit what it counts, one of it
 */
public record QueueData(SiteData site, String queue, String unit) {

    /** Columns that are the state at the end of a month and not of the whole of it. */
    private static final Set<String> STOCKS = Set.of("waiting_count", "past_standard_count");

    /** What it counts, several of it. */
    String units() {
        return Plural.of(unit);
    }

    /** Rows of a query with {@code :queue}. */
    List<Row> rows(String sql) {
        return site.release().rows(sql.replace(":queue", DuckSql.text(queue)));
    }

    /** Whether the release has that table with these columns. */
    boolean has(String table, String... columns) {
        return site.release().has(table, columns);
    }

    /** Dated changes that the queue should be read with. */
    List<Event> events() {
        if (!has("mart.change")) {
            return List.of();
        }
        return rows("select change, changed_on from mart.change where queue = :queue order by changed_on").stream()
                .map(row -> new Event(row.date("changed_on"), row.text("change").replace('_', ' ')))
                .toList();
    }

    /**
     * A small line of the latest thirteen months; null where fewer than half of them are known.
     *
     * @param column of {@code mart.queue_monthly}
     */
    public @Nullable Chart sparkline(String title, String column) {
        List<Row> months = rows("""
                select measured_to_on, %s as figure, unavailable_reason
                from mart.queue_monthly
                where queue = :queue and is_total
                qualify row_number() over (order by month_start_on desc) <= 13
                order by month_start_on
                """.formatted(column));
        List<TimeChart.Value> values = months.stream()
                .map(row -> new TimeChart.Value(
                        row.date("measured_to_on"), row.numberOrNull("figure"), reason(row, "figure")))
                .toList();
        if (2 * values.stream().filter(value -> value.value() != null).count() < values.size() || values.isEmpty()) {
            return null;
        }
        return Sparkline.of(
                "spark-" + queue + "-" + title.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-"),
                title,
                units(),
                new TimeChart.Series(title, values, !STOCKS.contains(column)));
    }

    /** The longest wait of a row of {@code mart.queue_daily}, in days; a dash where nothing waits. */
    public static String longestWait(Row row) {
        Long waiting = row.countOrNull("waiting_count");
        return waiting != null && waiting == 0 ? "–" : English.count(row.countOrNull("oldest_wait_days"));
    }

    /** A bar of a count; without its length where the count is unknown. */
    static BarChart.Bar bar(String name, Row row, String column) {
        return new BarChart.Bar(name, row.numberOrNull(column), English.count(row.countOrNull(column)));
    }

    /** Why a count is not in a chart; null if it is. */
    static @Nullable String reason(Row row, String column) {
        if (row.countOrNull(column) != null) {
            return null;
        }
        String reason = row.textOrNull("unavailable_reason");
        return reason == null ? English.UNKNOWN : reason;
    }
}
