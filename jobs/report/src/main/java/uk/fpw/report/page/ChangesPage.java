package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** Figures of past months, and of the latest day of the release before, that this release states otherwise, and why. */
public final class ChangesPage implements PageSource {

    private static final int SHOWN = 50;

    private static final String CHANGES = """
            with

            cells as (

                select
                    queue.title,
                    changed.queue,
                    changed.measure,
                    changed.exit_reason,
                    changed.period_kind,
                    changed.period_start_on,
                    any_value(changed.replaced_value) as replaced_value,
                    any_value(changed.new_value) as new_value,
                    any_value(changed.new_as_at) as new_as_at,
                    any_value(changed.replaced_release_id) as replaced_release_id,
                    string_agg(
                        case
                            when changed.part is null then changed.cause
                            else changed.cause || ' ' || printf('%%+d', changed.part)
                        end,
                        ', '
                        order by changed.cause_order
                    ) as parts
                from mart.figure_change as changed
                inner join mart.dim_queue as queue using (queue)
                where changed.is_total and %s and changed.new_release_id = changed.release_id
                group by
                    queue.title,
                    changed.queue,
                    changed.measure,
                    changed.exit_reason,
                    changed.period_kind,
                    changed.period_start_on

            )

            select *, count(*) over () as cell_count
            from cells
            order by period_kind = 'month', %s
            limit %d
            """.formatted(ChangeOrder.SHOWN, ChangeOrder.SQL, SHOWN);

    private static final String CAUSES = """
            select cause, count(distinct (queue, measure, exit_reason, period_kind, period_start_on)) as cell_count
            from mart.figure_change
            where is_total and %s and new_release_id = release_id
            group by cause, cause_order
            order by cause_order
            """.formatted(ChangeOrder.SHOWN);

    @Override
    public List<Page> pages(SiteData site) {
        return List.of(new Page(
                "changes/index.html",
                "What changed of the past",
                Section.CHANGES,
                "blocks.jte",
                new BlocksModel(
                        List.of("Counts of months that were over when the release before was made, and what waited on "
                                + "its latest day, that this "
                                + "release states otherwise. The parts of the causes add up to the difference."),
                        blocks(site))));
    }

    private static List<Block> blocks(SiteData site) {
        if (!site.release().has("mart.figure_change", "period_kind")) {
            return List.of(Block.ofText(
                    "none", "Not recorded", "This release was made by a version that did not record what changed."));
        }
        List<Row> rows = site.release().rows(CHANGES);
        if (rows.isEmpty()) {
            return List.of(Block.ofText(
                    "none",
                    "Nothing changed",
                    "No count of a past month, nor of the latest day of the release before, differs from it, or there "
                            + "was none to compare with."));
        }
        Map<String, Long> causes = new LinkedHashMap<>();
        site.release().rows(CAUSES).forEach(row -> causes.put(row.text("cause"), row.count("cell_count")));
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.ofTable(
                "causes",
                "Why",
                "A figure may have several causes.",
                new Block.DataTable(
                        "Figures by cause",
                        List.of("Cause", "Figures"),
                        causes.entrySet().stream()
                                .map(cause -> List.of(
                                        Block.Cell.of(cause.getKey()), Block.Cell.of(English.count(cause.getValue()))))
                                .toList())));
        long all = rows.get(0).count("cell_count");
        blocks.add(Block.ofTable(
                "figures",
                "The figures",
                "Compared with release " + rows.get(0).text("replaced_release_id") + ". "
                        + (all > rows.size()
                                ? "The " + SHOWN + " largest of " + English.count(all) + ", " + ChangeOrder.WORDS
                                        + "; the query what_changed lists them all."
                                : ""),
                new Block.DataTable(
                        "Changed figures",
                        List.of("Queue", "Figure", "Month or day", "Before", "Now", "Causes"),
                        rows.stream().map(ChangesPage::line).toList())));
        return blocks;
    }

    private static List<Block.Cell> line(Row row) {
        return List.of(
                new Block.Cell(row.text("title"), QueuePaths.of(row.text("queue"))),
                Block.Cell.of(row.text("measure").replace('_', ' ')
                        + (row.text("exit_reason").equals("all")
                                ? ""
                                : " as " + row.text("exit_reason").replace('_', ' '))),
                Block.Cell.of(ChangeOrder.period(row)),
                Block.Cell.of(English.count(row.countOrNull("replaced_value"))),
                Block.Cell.of(English.count(row.countOrNull("new_value"))),
                Block.Cell.of(row.text("parts")));
    }
}
