package uk.fpw.report.page;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.query.ReadyQueries;
import uk.fpw.report.chart.BarChart;
import uk.fpw.report.chart.Chart;
import uk.fpw.report.chart.IntervalChart;
import uk.fpw.report.chart.TimeChart;
import uk.fpw.report.data.Row;
import uk.fpw.report.picture.DeclaredPart;
import uk.fpw.report.text.English;

/** Makes the parts of a queue's page that are declared in files, each after the part that it names. */
final class DeclaredParts {

    private static final String TITLE = "title";

    private final QueueData data;

    private DeclaredParts(QueueData data) {
        this.data = data;
    }

    /** The parts with those declared for a page of queues among them; at the end without any that it names. */
    static List<Block> among(QueueData data, List<Block> blocks) {
        List<Block> all = new ArrayList<>(blocks);
        for (DeclaredPart part : DeclaredPart.all()) {
            Block block = part.page().equals("queue") ? new DeclaredParts(data).block(part) : null;
            if (block != null) {
                all.add(place(all, part.after()), block);
            }
        }
        return all;
    }

    /** After the first of these parts that the page has. */
    private static int place(List<Block> blocks, List<String> after) {
        List<String> ids = blocks.stream().map(Block::id).toList();
        return after.stream()
                        .filter(ids::contains)
                        .findFirst()
                        .map(ids::indexOf)
                        .orElse(blocks.size() - 1)
                + 1;
    }

    private @Nullable Block block(DeclaredPart part) {
        if (!hasAll(part.needs())) {
            return null;
        }
        List<String> words = new ArrayList<>(List.of(part.says()));
        List<Chart> charts = new ArrayList<>();
        List<Block.DataTable> tables = new ArrayList<>();
        for (DeclaredPart.Picture picture : part.pictures()) {
            if (hasAll(picture.needs())) {
                byTitle(picture).forEach((title, rows) -> {
                    String named = picture.title().replace("{title}", title);
                    switch (picture.kind()) {
                        case SENTENCES -> rows.forEach(row -> words.add(row.text("sentence")));
                        case TABLE -> tables.add(table(named, rows));
                        default -> charts.add(chart(picture, picture.id() + "-" + charts.size(), named, rows));
                    }
                });
            }
        }
        return charts.isEmpty() && tables.isEmpty()
                ? null
                : new Block(part.name(), part.heading(), words, charts, tables, List.of(part.cannotSay()), "")
                        .from(data.queue(), marts(part));
    }

    private static String[] marts(DeclaredPart part) {
        return Stream.concat(part.needs().stream(), part.pictures().stream().flatMap(one -> one.needs().stream()))
                .map(column -> column.substring(0, column.lastIndexOf('.')))
                .distinct()
                .toArray(String[]::new);
    }

    private boolean hasAll(List<String> columns) {
        return columns.stream().allMatch(column -> {
            int dot = column.lastIndexOf('.');
            return data.has(column.substring(0, dot), column.substring(dot + 1));
        });
    }

    private Map<String, List<Row>> byTitle(DeclaredPart.Picture picture) {
        String sql = picture.query().isEmpty()
                ? picture.sql()
                : "with " + picture.query() + " as (\n"
                        + ReadyQueries.named(picture.query()).sql() + "\n)\n" + picture.sql();
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        data.rows(sql).forEach(row -> rows.computeIfAbsent(
                        row.columns().contains(TITLE) ? row.text(TITLE) : "", title -> new ArrayList<>())
                .add(row));
        return rows;
    }

    private Chart chart(DeclaredPart.Picture picture, String id, String title, List<Row> rows) {
        String unit = picture.unit().replace("{units}", data.units());
        return switch (picture.kind()) {
            case LINES -> TimeChart.of(id, title, unit, series(rows), data.events());
            case BARS ->
                BarChart.of(
                        id,
                        title,
                        unit,
                        "Name",
                        rows.stream()
                                .map(row -> new BarChart.Bar(
                                        row.text("name"),
                                        row.numberOrNull("value"),
                                        English.figure(row.numberOrNull("value"))))
                                .toList());
            case INTERVALS ->
                IntervalChart.of(
                        id, title, unit, rows.stream().map(DeclaredParts::share).toList());
            case TABLE, SENTENCES -> throw new IllegalArgumentException(picture.id() + " is no picture");
        };
    }

    private static IntervalChart.Share share(Row row) {
        return new IntervalChart.Share(
                row.text("name"),
                row.numberOrNull("value"),
                row.numberOrNull("low"),
                row.numberOrNull("high"),
                English.count(row.countOrNull("of_count")),
                row.textOrNull("reason"),
                row.flag("is_break"));
    }

    private static List<TimeChart.Series> series(List<Row> rows) {
        Map<String, List<TimeChart.Value>> values = new LinkedHashMap<>();
        for (Row row : rows) {
            Double value = row.numberOrNull("value");
            values.computeIfAbsent(row.text("series"), name -> new ArrayList<>())
                    .add(new TimeChart.Value(
                            row.date("on_day"),
                            value,
                            value == null
                                    ? Objects.requireNonNullElse(row.textOrNull("reason"), English.UNKNOWN)
                                    : null,
                            isTrue(row, "is_provisional")));
        }
        boolean isOfMonths = isTrue(rows.get(0), "is_of_months");
        return values.entrySet().stream()
                .map(one -> new TimeChart.Series(one.getKey(), one.getValue(), isOfMonths))
                .toList();
    }

    private static boolean isTrue(Row row, String column) {
        return row.columns().contains(column) && row.flag(column);
    }

    private static Block.DataTable table(String caption, List<Row> rows) {
        List<String> headings = rows.get(0).columns().stream()
                .filter(column -> !column.equals(TITLE))
                .toList();
        return new Block.DataTable(
                caption,
                headings,
                rows.stream()
                        .map(row -> headings.stream()
                                .map(heading -> Block.Cell.of(cell(row, heading)))
                                .toList())
                        .toList());
    }

    /** A day in a column that is named Month is the first one of it. */
    private static String cell(Row row, String heading) {
        if (heading.equals("Month")) {
            return English.shortMonth(row.date(heading));
        }
        Object value = row.valueOrNull(heading);
        if (value == null) {
            return English.UNKNOWN;
        }
        if (value instanceof LocalDate day) {
            return English.shortDay(day);
        }
        if (value instanceof Double number) {
            return English.figure(number);
        }
        return value instanceof Number count ? English.count(count.longValue()) : row.text(heading);
    }
}
