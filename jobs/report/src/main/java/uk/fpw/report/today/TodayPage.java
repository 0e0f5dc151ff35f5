package uk.fpw.report.today;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.site.Operations;
import uk.fpw.report.change.ChangeOrder;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.page.LaterDatesPart;
import uk.fpw.report.page.Page;
import uk.fpw.report.page.PageSource;
import uk.fpw.report.page.QueueData;
import uk.fpw.report.page.QueuePaths;
import uk.fpw.report.page.Section;
import uk.fpw.report.text.English;
import uk.fpw.report.verdict.HowTheyLeft;
import uk.fpw.report.verdict.Verdict;
import uk.fpw.text.Plural;

/** The first page: what needs attention, what is waiting, and what moved. */
public final class TodayPage implements PageSource {

    /** Of a part, apart from what may harm a person; more would be read by nobody at seven in the morning. */
    private static final int SHOWN = 3;

    private static final List<AttentionRule> RULES = List.of(
            new UnrecordedRule(),
            new SilenceRule(),
            new AgeRule(false),
            new MissedRule(),
            new StandardsRule(),
            new AgeRule(true),
            new WorseRule(),
            new SignalsRule(),
            new OverdueRule(),
            new DoneRule(),
            new RefusedRule(),
            new HeldRule(),
            new FeedRule(),
            new SourceRule(),
            new QuotedRule());

    private static final String QUEUES = """
            select
                today.queue,
                queue.title,
                queue.queue_role,
                today.item_unit,
                today.waiting_count,
                today.past_standard_count,
                today.due_next_7_days_count,
                today.oldest_wait_days,
                week.waiting_count as week_before,
                year.waiting_count as year_before
            from mart.queue_daily as today
            inner join mart.dim_queue as queue using (queue)
            left join mart.dim_queue as base on queue.variant_of = base.queue
            left join mart.queue_daily as week
                on today.queue = week.queue and week.is_total and week.day = today.day - 7
            left join mart.queue_daily as year
                on today.queue = year.queue and year.is_total and year.day = today.day - interval 1 year
            where today.is_total and today.day = today.data_as_at
            order by
                coalesce(queue.parent_queue, base.parent_queue, queue.variant_of, queue.queue),
                queue.queue_role <> 'whole',
                coalesce(queue.variant_of, queue.queue),
                queue.queue_role = 'variant',
                queue.queue
            """;

    /** Lines of days, and of months. */
    private static final int MOVED_DAYS = 3;

    private static final int MOVED_MONTHS = 5;

    /**
     * One line for each figure, of the month that comes first, however many of its months changed; and one for each of
     * the latest day that the release before had.
     */
    private static final String MOVED = """
            with

            cells as (

                select
                    any_value(queue.title) as title,
                    queue,
                    measure,
                    exit_reason,
                    period_kind,
                    period_start_on,
                    any_value(replaced_value) as replaced_value,
                    any_value(new_value) as new_value,
                    any_value(new_as_at) as new_as_at,
                    list(distinct cause order by cause) as causes
                from mart.figure_change
                inner join mart.dim_queue as queue using (queue)
                where
                    is_total
                    and %2$s
                    and figure_change.new_release_id = figure_change.release_id
                group by queue, measure, exit_reason, period_kind, period_start_on

            ),

            figures as (

                select
                    *,
                    array_to_string(causes, ', ') as cause_words,
                    count(*) over (partition by queue, measure, exit_reason, period_kind) - 1 as other_count,
                    count(*) over () as cell_count
                from cells
                qualify row_number() over (partition by queue, measure, exit_reason, period_kind order by %1$s) = 1

            )

            select *
            from figures
            qualify row_number() over (partition by period_kind order by %1$s) <= if(period_kind = 'day', %3$d, %4$d)
            order by period_kind = 'month', %1$s
            """.formatted(ChangeOrder.SQL, ChangeOrder.SHOWN, MOVED_DAYS, MOVED_MONTHS);

    @Override
    public List<Page> pages(SiteData site) {
        return List.of(new Page("index.html", "Today", Section.TODAY, "today.jte", model(site)));
    }

    private static TodayModel model(SiteData site) {
        List<Verdict> verdicts = Verdict.of(site);
        List<Row> queues = site.release().rows(QUEUES);
        return new TodayModel(
                Arrays.stream(Attention.Harm.values())
                        .map(harm -> part(site, harm))
                        .toList(),
                byChance(site),
                better(site, verdicts),
                untold(queues, verdicts),
                queues.stream().map(row -> line(site, row, verdicts)).toList(),
                inNoFigure(site) + LaterDatesPart.sentences(site),
                moved(site),
                RULES.stream().map(AttentionRule::shown).toList());
    }

    private static TodayModel.Part part(SiteData site, Attention.Harm harm) {
        List<Attention> found = new ArrayList<>();
        for (AttentionRule rule : RULES) {
            if (rule.shown().harm() == harm) {
                rule.find(site).stream()
                        .sorted(Comparator.comparingDouble(Attention::size)
                                .reversed()
                                .thenComparing(Attention::title))
                        .forEach(found::add);
            }
        }
        List<Attention> first = found.stream()
                .filter(one -> !one.meansLittle() || found.stream().allMatch(Attention::meansLittle))
                .limit(harm == Attention.Harm.PEOPLE ? Long.MAX_VALUE : SHOWN)
                .toList();
        return new TodayModel.Part(
                harm, first, found.stream().filter(one -> !first.contains(one)).toList());
    }

    /** Once for each queue, by its first verdict that is not worse. */
    private static List<TodayModel.Better> better(SiteData site, List<Verdict> verdicts) {
        Map<String, Verdict> first = new LinkedHashMap<>();
        verdicts.stream()
                .filter(verdict -> List.of("better", "fewer_because").contains(verdict.code()))
                .forEach(verdict -> first.putIfAbsent(verdict.queue(), verdict));
        return first.values().stream()
                .map(verdict -> new TodayModel.Better(
                        verdict.title(),
                        QueuePaths.of(verdict.queue()),
                        verdict.sentence() + otherYear(verdict, verdicts) + HowTheyLeft.sentence(site, verdict)))
                .toList();
    }

    private static String otherYear(Verdict verdict, List<Verdict> verdicts) {
        String other = verdict.otherYear(verdicts);
        return other.isEmpty() ? "" : " " + English.sentence(other) + ".";
    }

    /** Queues of which the first verdict cannot be told, with what waited a year before and what waits now. */
    private static List<TodayModel.Better> untold(List<Row> queues, List<Verdict> verdicts) {
        Map<String, Verdict> first = new LinkedHashMap<>();
        verdicts.forEach(verdict -> first.putIfAbsent(verdict.queue(), verdict));
        Map<String, Row> lines = new HashMap<>();
        queues.forEach(row -> lines.put(row.text("queue"), row));
        return first.values().stream()
                .filter(verdict -> verdict.code().equals("cannot_be_told"))
                .map(verdict -> new TodayModel.Better(
                        verdict.title(),
                        QueuePaths.of(verdict.queue()),
                        waited(lines.get(verdict.queue())) + verdict.sentence()))
                .toList();
    }

    private static String waited(@Nullable Row line) {
        Long now = line == null ? null : line.countOrNull("waiting_count");
        Long before = line == null ? null : line.countOrNull("year_before");
        return now == null || before == null
                ? ""
                : English.count(now) + (now == 1 ? " waits" : " wait") + " now, " + English.count(before)
                        + " a year before. ";
    }

    private static String inNoFigure(SiteData site) {
        long excluded = 0;
        long ahead = 0;
        for (Operations.Account account : site.request().operations().accounts()) {
            excluded += account.rowsExcluded();
            ahead += account.ahead();
        }
        long rows = excluded + ahead;
        return rows == 0
                ? ""
                : " " + English.of(rows, "loaded row") + (rows == 1 ? " is" : " are")
                        + " in no figure, because of what was recorded"
                        + (ahead == 0
                                ? ""
                                : excluded == 0
                                        ? ", with dates in the future only"
                                        : ", " + English.count(ahead) + " of them with dates in the future only")
                        + ": Data quality has the reasons.";
    }

    private static String byChance(SiteData site) {
        int found = new SignalsRule().find(site).size();
        String expected = String.format(Locale.UK, "%.1f", SignalsRule.expectedByChance(site));
        long seasonal = SignalsRule.seasonal(site);
        return (found == 0
                        ? "In its latest complete month, nothing that came in or left was beyond what chance does"
                        : found == 1
                                ? "1 count of what came in or left was beyond what chance does"
                                : found + " counts of what came in or left were beyond what chance does")
                + "; in a month in which nothing had changed, about " + expected + " would seem to be"
                + (seasonal == 0
                        ? "."
                        : ", besides those of " + English.of(seasonal, "chart")
                                + " with an evident season, where more do.");
    }

    private static TodayModel.QueueLine line(SiteData site, Row row, List<Verdict> verdicts) {
        String unit = Plural.of(row.text("item_unit"));
        return new TodayModel.QueueLine(
                row.text("title"),
                QueuePaths.of(row.text("queue")),
                switch (row.text("queue_role")) {
                    case "stage" -> unit + ", a stage";
                    case "variant" -> unit + ", a variant";
                    default -> unit;
                },
                English.count(row.countOrNull("waiting_count")),
                English.count(row.countOrNull("week_before")),
                English.count(row.countOrNull("year_before")),
                verdicts.stream()
                        .filter(verdict -> verdict.queue().equals(row.text("queue")))
                        .findFirst()
                        .map(Verdict::words)
                        .orElse(Verdict.NOT_COMPARED),
                row.countOrNull("past_standard_count") == null
                        ? "no standard"
                        : English.count(row.countOrNull("past_standard_count")),
                row.countOrNull("due_next_7_days_count") == null
                        ? "no standard"
                        : English.count(row.countOrNull("due_next_7_days_count")),
                QueueData.longestWait(row),
                new QueueData(site, row.text("queue"), row.text("item_unit"))
                        .sparkline("Waiting at the end of the month", "waiting_count"));
    }

    private static List<String> moved(SiteData site) {
        if (!site.release().has("mart.figure_change", "period_kind")) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (Row row : site.release().rows(MOVED)) {
            if (lines.isEmpty()) {
                lines.add(English.of(row.count("cell_count"), "figure") + " of the past changed since the release "
                        + "before; the largest changes of its latest day, then of past months, " + ChangeOrder.WORDS
                        + ":");
            }
            long others = row.count("other_count");
            lines.add(row.text("title") + ", " + row.text("measure").replace('_', ' ')
                    + (row.text("exit_reason").equals("all")
                            ? ""
                            : " as " + row.text("exit_reason").replace('_', ' '))
                    + " of "
                    + ChangeOrder.period(row) + ": from "
                    + English.count(row.countOrNull("replaced_value")) + " to "
                    + English.count(row.countOrNull("new_value")) + " (" + row.text("cause_words") + ")"
                    + (others == 0 ? "" : ", and " + English.of(others, "other month")));
        }
        return lines;
    }
}
