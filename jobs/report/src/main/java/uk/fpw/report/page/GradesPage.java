package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uk.fpw.report.chart.Chart;
import uk.fpw.report.chart.IntervalChart;
import uk.fpw.report.chart.StackedShare;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** Grades given to the handling of cases, by year and between units. */
public final class GradesPage implements PageSource {

    /** By theme, assessor, population and selection: only within these can years be compared. */
    private static final String SHARES = """
            select *
            from mart.grading_case_share
            where period_kind = 'financial year'
            order by scheme, theme, assessor, grade_rank, period_start_on, scheme_version, population, selection
            """;

    @Override
    public List<Page> pages(SiteData site) {
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : site.release().rows(SHARES)) {
            String group = row.text("theme").replace('_', ' ') + ", judged by the " + row.text("assessor") + " (scheme "
                    + row.text("scheme").replace('_', ' ') + ")";
            groups.computeIfAbsent(group, key -> new ArrayList<>()).add(row);
        }
        List<Block> blocks = new ArrayList<>();
        AssessorAgreement.of(site).forEach(block -> blocks.add(block.from("", "mart.grading_agreement")));
        groups.forEach((group, rows) -> blocks.add(block(blocks.size(), group, rows, GradeTrends.of(site, rows.get(0)))
                .from("", "mart.grading_case_share", "mart.grading_trend")));
        UnitFunnels.of(site).forEach(block -> blocks.add(block.from("", "mart.grading_funnel")));
        return List.of(new Page(
                "grades/index.html",
                "Grades",
                Section.GRADES,
                "blocks.jte",
                new BlocksModel(
                        List.of(
                                groups.isEmpty()
                                        ? "No judgement is recorded."
                                        : "How cases were judged, by the grade of their last judgement in a "
                                                + "financial year; first, where two judged the same cases.",
                                "An interval stands only where the cases were selected at random, or all were judged. "
                                        + "A hollow dot is a share of cases that were picked: it says nothing about "
                                        + "the "
                                        + "others. A dotted line marks years that cannot be compared, since the list "
                                        + "of grades is of another version, or other cases "
                                        + "were chosen, or in another way."),
                        blocks)));
    }

    private static Block block(int number, String group, List<Row> rows, List<String> trends) {
        Map<String, List<Row>> grades = new LinkedHashMap<>();
        for (Row row : rows) {
            grades.computeIfAbsent(row.text("grade"), key -> new ArrayList<>()).add(row);
        }
        List<Chart> charts = new ArrayList<>();
        if (grades.size() <= StackedShare.PARTS) {
            charts.add(StackedShare.of(
                    "grades-" + number,
                    "Cases by grade, the best first",
                    "cases",
                    grades.keySet().stream()
                            .map(grade -> grade.replace('_', ' '))
                            .toList(),
                    periods(grades)));
        }
        List<List<Row>> all = List.copyOf(grades.values());
        List<Row> worst = all.get(all.size() - 1);
        charts.add(IntervalChart.of(
                "worst-" + number,
                "Share graded " + worst.get(0).text("grade").replace('_', ' '),
                "share of the judged cases",
                shares(worst)));
        return new Block(
                "group-" + number,
                English.sentence(group),
                trends,
                charts,
                List.of(),
                List.of("That shares differ does not say that handling changed: read it with how the cases were "
                        + "selected."),
                "");
    }

    /** The cases of each year by grade; years in which cases were chosen in several ways are several bars. */
    private static List<StackedShare.Period> periods(Map<String, List<Row>> grades) {
        Map<List<String>, Map<String, Long>> years = new TreeMap<>(GradesPage::inOrder);
        grades.forEach((grade, rows) -> rows.forEach(
                row -> years.computeIfAbsent(year(row), key -> new HashMap<>()).put(grade, row.count("case_count"))));
        List<StackedShare.Period> periods = new ArrayList<>();
        years.forEach((year, counts) -> periods.add(new StackedShare.Period(
                year.get(1),
                grades.keySet().stream()
                        .map(grade -> counts.getOrDefault(grade, 0L))
                        .toList(),
                null)));
        return periods;
    }

    private static List<String> year(Row row) {
        return List.of(
                row.date("period_start_on").toString(),
                row.text("period") + (row.flag("is_partial") ? " (partial)" : ""),
                row.text("scheme_version") + row.text("population") + row.text("selection"));
    }

    private static int inOrder(List<String> one, List<String> other) {
        return String.join(" ", one).compareTo(String.join(" ", other));
    }

    private static List<IntervalChart.Share> shares(List<Row> years) {
        List<IntervalChart.Share> shares = new ArrayList<>();
        String before = null;
        // a grade may have another rank in another version
        for (Row year : years.stream()
                .sorted(Comparator.comparing(row -> row.date("period_start_on")))
                .toList()) {
            String comparable =
                    year.count("scheme_version") + " | " + year.text("population") + " | " + year.text("selection");
            shares.add(share(year, before != null && !comparable.equals(before)));
            before = comparable;
        }
        return shares;
    }

    private static IntervalChart.Share share(Row row, boolean isBreak) {
        Long total = row.countOrNull("case_total_count");
        return new IntervalChart.Share(
                row.text("period") + (row.flag("is_partial") ? " (partial)" : ""),
                row.numberOrNull("share"),
                row.numberOrNull("share_low"),
                row.numberOrNull("share_high"),
                total == null ? English.UNKNOWN : English.of(total, "case"),
                note(row),
                isBreak);
    }

    private static String note(Row row) {
        String version = "scheme version " + row.count("scheme_version");
        String reason = row.textOrNull("interval_reason");
        return reason == null ? version : version + "; " + reason;
    }
}
