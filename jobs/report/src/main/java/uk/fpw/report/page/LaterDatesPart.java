package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.site.Operations;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;
import uk.fpw.text.Plural;

/** What is dated after the last day that is counted: columns of feeds, and items that wait although they are closed. */
public final class LaterDatesPart {

    private static final String CLOSED_AHEAD = """
            select queue.title, queue.queue_role, today.queue, today.item_unit, today.closed_ahead_count
            from mart.queue_daily as today
            inner join mart.dim_queue as queue using (queue)
            where today.is_total and today.day = today.data_as_at and today.closed_ahead_count > 0
            order by queue.title
            """;

    private LaterDatesPart() {}

    static List<Block> of(SiteData site) {
        List<List<Block.Cell>> columns = new ArrayList<>();
        for (Operations.Account account : site.request().operations().accounts()) {
            account.laterDates()
                    .forEach(column -> columns.add(Stream.of(
                                    English.sentence(English.words(account.feed())),
                                    English.sentence(site.column(account.feed(), column.name())),
                                    English.count(column.rowCount()))
                            .map(Block.Cell::of)
                            .toList()));
        }
        List<List<Block.Cell>> items = rows(site).stream()
                .map(row -> List.of(
                        new Block.Cell(row.text("title"), QueuePaths.of(row.text("queue"))),
                        Block.Cell.of(count(row)),
                        Block.Cell.of(Plural.of(row.text("item_unit")))))
                .toList();
        return List.of(
                Block.ofTable(
                        "later-dates",
                        "Dates after the last day that is counted",
                        columns.isEmpty()
                                ? "None is known."
                                : "Deadlines and appointments may lie in the future; what has happened may not. A year "
                                        + "may have been mistyped, or day and month exchanged.",
                        new Block.DataTable("Rows by column", List.of("Feed", "Column", "Rows"), columns)),
                Block.ofTable(
                        "closed-ahead",
                        "Still waiting although closed on a future date",
                        items.isEmpty()
                                ? "No item is."
                                : "The source says when these items leave, and the day has not been reached.",
                        new Block.DataTable("Items by queue", List.of("Queue", "Items", "Of"), items)));
    }

    /** The same of one queue, as a sentence; null if there is none. */
    static @Nullable String sentence(SiteData site, String queue) {
        return rows(site).stream()
                .filter(row -> row.text("queue").equals(queue))
                .map(row -> "Still waiting although closed on a future date: " + count(row) + " of them.")
                .findFirst()
                .orElse(null);
    }

    /** The same of every whole queue, to follow on another sentence. */
    public static String sentences(SiteData site) {
        return rows(site).stream()
                .filter(row -> row.text("queue_role").equals("whole"))
                .map(row -> " " + row.text("title") + ", still waiting although closed on a future date: " + count(row)
                        + ".")
                .collect(Collectors.joining());
    }

    private static List<Row> rows(SiteData site) {
        return site.release().has("mart.queue_daily", "closed_ahead_count")
                ? site.release().rows(CLOSED_AHEAD)
                : List.of();
    }

    private static String count(Row row) {
        return English.count(row.countOrNull("closed_ahead_count"));
    }
}
