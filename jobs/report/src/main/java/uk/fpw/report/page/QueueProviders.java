package uk.fpw.report.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;

/** The part of a queue's page about outside providers: what was sent to them does not leave the queue by itself. */
final class QueueProviders {

    private static final String ROWS = """
            select *
            from mart.capacity_monthly
            where queue = :queue and is_total and capacity_kind = 'provider'
            qualify row_number() over (partition by capacity order by month_start_on desc) <= 12
            order by title, month_start_on desc
            """;

    private QueueProviders() {}

    static List<Block> of(QueueData data) {
        if (!data.has("mart.capacity_monthly", "capacity_kind", "with_provider_count")) {
            return List.of();
        }
        Map<String, List<Row>> providers = new LinkedHashMap<>();
        data.rows(ROWS).forEach(row -> providers
                .computeIfAbsent(row.text("title"), title -> new java.util.ArrayList<>())
                .add(row));
        return providers.isEmpty()
                ? List.of()
                : List.of(new Block(
                        "providers",
                        "With providers",
                        List.of("What was sent to a provider, what came back examined or unexamined, and what is with "
                                + "it at the end of the month. A return is no rework of the force."),
                        List.of(),
                        providers.entrySet().stream()
                                .map(provider -> table(provider.getKey(), provider.getValue()))
                                .toList(),
                        List.of(),
                        ""));
    }

    private static Block.DataTable table(String title, List<Row> rows) {
        return new Block.DataTable(
                title + ", the latest twelve months",
                List.of("Month", "Sent", "Returned examined", "Returned unexamined", "With it at the end"),
                rows.stream()
                        .map(row -> List.of(
                                Block.Cell.of(English.month(row.date("month_start_on"))
                                        + (row.flag("is_partial") ? " (not over)" : "")),
                                cell(row, "sent_count"),
                                cell(row, "returned_examined_count"),
                                cell(row, "returned_unexamined_count"),
                                cell(row, "with_provider_count")))
                        .toList());
    }

    private static Block.Cell cell(Row row, String column) {
        return Block.Cell.of(English.count(row.countOrNull(column)));
    }
}
