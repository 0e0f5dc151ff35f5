package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;
import uk.fpw.report.verdict.Verdict;
import uk.fpw.text.Plural;

/** The list of the queues, and a page for each. */
public final class QueuePages implements PageSource {

    private static final String QUEUES = """
            select
                queue.*,
                whole.title as whole_title,
                base.title as base_title,
                today.waiting_count,
                today.past_standard_count,
                today.excluded_count,
                today.oldest_wait_days,
                today.is_available,
                today.unavailable_reason,
                year.waiting_count as year_before
            from mart.dim_queue as queue
            left join mart.dim_queue as whole on queue.parent_queue = whole.queue
            left join mart.dim_queue as base on queue.variant_of = base.queue
            left join mart.queue_daily as today
                on queue.queue = today.queue and today.is_total and today.day = today.data_as_at
            left join mart.queue_daily as year
                on today.queue = year.queue and year.is_total and year.day = today.day - interval 1 year
            order by queue.queue_role <> 'whole', queue.title
            """;

    private static final String STANDARDS = """
            select title, applies_to = 'every item' as is_of_all
            from mart.dim_standard
            where queue = :queue
            order by standard_order
            """;

    private static final List<String> HEADINGS = List.of(
            "Queue",
            "It is",
            "Counts",
            "Waiting",
            "A year before",
            "Past its standard",
            "Longest wait, days",
            "Against last year",
            "What it is");

    /** Parts of a page that stand there whether there are figures or not. */
    private static final Set<String> WITHOUT_FIGURES = Set.of("changes", "definition");

    @Override
    public List<Page> pages(SiteData site) {
        List<Row> queues = site.release().rows(QUEUES);
        List<Page> pages = new ArrayList<>();
        pages.add(new Page("queues/index.html", "Queues", Section.QUEUES, "blocks.jte", index(site, queues)));
        for (Row queue : queues) {
            pages.add(new Page(
                    QueuePaths.of(queue.text("queue")),
                    queue.text("title"),
                    Section.QUEUES,
                    "blocks.jte",
                    model(site, queue)));
        }
        return pages;
    }

    private static BlocksModel index(SiteData site, List<Row> queues) {
        Map<String, String> verdicts = new HashMap<>();
        Verdict.of(site).forEach(verdict -> verdicts.putIfAbsent(verdict.queue(), verdict.words()));
        List<List<Block.Cell>> rows = queues.stream()
                .map(queue -> List.of(
                        new Block.Cell(queue.text("title"), QueuePaths.of(queue.text("queue"))),
                        Block.Cell.of(role(queue)),
                        Block.Cell.of(Plural.of(queue.text("item_unit"))),
                        Block.Cell.of(English.count(queue.countOrNull("waiting_count"))),
                        Block.Cell.of(English.count(queue.countOrNull("year_before"))),
                        Block.Cell.of(
                                queue.countOrNull("past_standard_count") == null
                                        ? "no standard"
                                        : English.count(queue.countOrNull("past_standard_count"))),
                        Block.Cell.of(QueueData.longestWait(queue)),
                        Block.Cell.of(verdicts.getOrDefault(queue.text("queue"), Verdict.NOT_COMPARED)),
                        Block.Cell.of(queue.text("description").strip())))
                .toList();
        return new BlocksModel(
                List.of("Each queue counts items from the event that puts them into it to the event that takes them "
                        + "out. A stage is part of a whole queue, a variant is the same queue by another definition: "
                        + "never add a stage or a variant to a whole. Variants are not compared with last year."),
                List.of(Block.ofTable(
                        "all",
                        "All queues",
                        "",
                        new Block.DataTable("Queues and what waits in them at the end of the day", HEADINGS, rows))));
    }

    private static String role(Row queue) {
        return switch (queue.text("queue_role")) {
            case "stage" -> "part of " + queue.textOrNull("whole_title");
            case "variant" -> "another definition of " + queue.textOrNull("base_title");
            default -> "a whole queue";
        };
    }

    private static BlocksModel model(SiteData site, Row queue) {
        QueueData data = new QueueData(site, queue.text("queue"), queue.text("item_unit"));
        List<Block> made = Stream.of(
                        from(
                                data,
                                QueueVerdicts.of(data),
                                "mart.period_verdict",
                                "mart.period_comparison",
                                "mart.queue_driver"),
                        from(data, QueueBridge.of(data), "mart.queue_driver"),
                        from(data, QueueFlows.stock(data), "mart.queue_monthly"),
                        from(data, FlowCharts.of(data), "mart.queue_signal"),
                        from(data, QueueFlows.ages(data), "mart.open_age"),
                        from(data, QueueWaits.curves(data), "mart.wait_curve", "mart.wait_summary"),
                        from(data, QueueWaits.standards(data), "mart.wait_standard"),
                        from(data, QueueExits.of(data), "mart.queue_exit"),
                        QueueFlows.stages(data),
                        from(data, QueueOutlook.of(data), "mart.queue_outlook"),
                        from(data, QueueSlices.of(data), "mart.queue_daily", "mart.queue_now", "mart.queue_monthly"),
                        from(data, QueueEarlier.of(data), "mart.figure_change"),
                        QueueChanges.of(data),
                        QueueDefinition.of(data, queue))
                .flatMap(List::stream)
                .toList();
        List<Block> blocks = DeclaredParts.among(data, made);
        List<String> introduction =
                new ArrayList<>(List.of(queue.text("description").strip()));
        introduction.addAll(now(data, queue));
        if (!queue.flag("is_available") && queue.textOrNull("unavailable_reason") != null) {
            introduction.add("Today's figures are not available: " + queue.text("unavailable_reason"));
        }
        if (blocks.stream().allMatch(block -> WITHOUT_FIGURES.contains(block.id()))) {
            introduction.add("This release has no figure of this queue.");
        }
        return new BlocksModel(introduction, blocks);
    }

    /** What stands at the end of the day, as a sentence; none if it is not known. */
    private static List<String> now(QueueData data, Row queue) {
        Long waiting = queue.countOrNull("waiting_count");
        if (waiting == null) {
            return List.of();
        }
        Long before = queue.countOrNull("year_before");
        Long late = queue.countOrNull("past_standard_count");
        Long excluded = queue.countOrNull("excluded_count");
        Long longest = queue.countOrNull("oldest_wait_days");
        return List.of("Waiting now: " + English.count(waiting)
                + (before == null ? "" : "; a year before: " + English.count(before))
                + (late == null ? "" : "; " + pastStandard(data) + ": " + English.count(late))
                + (longest == null || waiting == 0 ? "" : "; the longest for " + English.of(longest, "day")) + "."
                + (excluded == null || excluded == 0
                        ? ""
                        : " In no count, since what is recorded of them contradicts itself, so that they may wait here "
                                + "or not: " + English.count(excluded) + "; Data quality has the reasons."));
    }

    /** Only the first that applies to an item counts: what comes after one of every item never does. */
    private static String pastStandard(QueueData data) {
        List<String> standards = new ArrayList<>();
        for (Row row : data.rows(STANDARDS)) {
            standards.add('"' + row.text("title") + '"');
            if (row.flag("is_of_all")) {
                break;
            }
        }
        return "past the standard" + (standards.isEmpty() ? "" : " (" + String.join(", else ", standards) + ")");
    }

    private static List<Block> from(QueueData data, List<Block> blocks, String... marts) {
        return blocks.stream().map(block -> block.from(data.queue(), marts)).toList();
    }
}
