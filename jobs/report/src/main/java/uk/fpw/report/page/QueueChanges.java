package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;

/** The part of a queue's page about what the force has recorded as changed, and what differed after it. */
final class QueueChanges {

    private static final Map<String, String> OUTCOMES = Map.of(
            "received", "what came in", "left", "what left", "net", "what came in less what left", "wait", "waits");

    private QueueChanges() {}

    /** Dated changes with their reasons, and the comparisons that were declared for them. */
    static List<Block> of(QueueData data) {
        if (!data.has("mart.change")) {
            return List.of();
        }
        List<Row> rows = data.rows("select * from mart.change where queue = :queue order by changed_on desc, change");
        if (rows.isEmpty()) {
            return List.of();
        }
        List<Block.DataTable> tables = new ArrayList<>();
        tables.add(new Block.DataTable(
                "Changes",
                List.of("From", "What", "Why", "Decided by"),
                rows.stream().map(QueueChanges::change).toList()));
        List<List<Block.Cell>> comparisons = comparisons(data);
        tables.add(new Block.DataTable(
                "Was it different after?",
                List.of("After", "What was compared", "Verdict", "Other changes in these weeks"),
                comparisons));
        return List.of(new Block(
                "changes",
                "Recorded changes",
                List.of("What the force has recorded as changed, and should be read with the figures. That a figure "
                        + "moved after a change does not say that the change moved it."),
                List.of(),
                tables,
                comparisons.isEmpty()
                        ? List.of()
                        : List.of("As many whole weeks before as after, for what was declared before looking, against "
                                + "the same difference at all earlier dates. \"Not different\" does not say that "
                                + "nothing changed: a change may be too small to show."),
                ""));
    }

    private static List<Block.Cell> change(Row row) {
        return List.of(
                Block.Cell.of(English.day(row.date("changed_on"))),
                Block.Cell.of(row.text("what").strip()),
                Block.Cell.of(row.text("why").strip()),
                Block.Cell.of(row.text("decided_by").strip()));
    }

    private static List<List<Block.Cell>> comparisons(QueueData data) {
        if (!data.has("mart.change_comparison", "verdict", "verdict_reason", "other_changes")) {
            return List.of();
        }
        return data.rows("""
                        select *
                        from mart.change_comparison
                        where queue = :queue
                        order by changed_on desc, change, outcome
                        """).stream().map(QueueChanges::comparison).toList();
    }

    private static List<Block.Cell> comparison(Row row) {
        String verdict = row.textOrNull("verdict");
        String reason = row.textOrNull("verdict_reason");
        String others = row.textOrNull("other_changes");
        return List.of(
                Block.Cell.of(row.text("change").replace('_', ' ') + ", " + English.day(row.date("changed_on"))),
                Block.Cell.of(OUTCOMES.getOrDefault(row.text("outcome"), row.text("outcome")) + ", " + "declared: "
                        + row.text("direction")),
                Block.Cell.of(verdict == null ? "no verdict: " + reason : verdict),
                Block.Cell.of(others == null ? "none" : others.replace('_', ' ')));
    }
}
