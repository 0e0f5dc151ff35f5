package uk.fpw.report.page;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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

    /** In which quarter each group was first judged: a first year that began earlier is not a whole one. */
    private static final String BEGUN = """
            select scheme, theme, assessor, min(period_start_on) as begun_on
            from mart.grading_case_share
            where period_kind = 'quarter'
            group by scheme, theme, assessor
            """;

    @Override
    public List<Page> pages(SiteData site) {
        Map<List<String>, LocalDate> begun = new HashMap<>();
        site.release().rows(BEGUN).forEach(row -> begun.put(key(row), row.date("begun_on")));
        boolean isOneScheme = site.release().rows(SHARES).stream()
                        .map(row -> row.text("scheme"))
                        .distinct()
                        .count()
                == 1;
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : site.release().rows(SHARES)) {
            String group = row.text("theme").replace('_', ' ') + ", judged by the " + row.text("assessor")
                    + (isOneScheme ? "" : " (scheme " + row.text("scheme").replace('_', ' ') + ")");
            groups.computeIfAbsent(group, key -> new ArrayList<>()).add(row);
        }
        List<Block> blocks = new ArrayList<>();
        AssessorAgreement.of(site).forEach(block -> blocks.add(block.from("", "mart.grading_agreement")));
        groups.forEach((group, rows) -> {
            YearNames names = new YearNames(rows, begun.get(key(rows.get(0))));
            blocks.add(block(blocks.size(), group, rows, names, GradeTrends.of(site, rows.get(0), names::of))
                    .from("", "mart.grading_case_share", "mart.grading_trend"));
        });
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
                                        + "of grades is of another version (v2), or other cases were chosen, or in "
                                        + "another way. That shares differ does not say that handling changed."),
                        blocks)));
    }

    private static List<String> key(Row row) {
        return List.of(row.text("scheme"), row.text("theme"), row.text("assessor"));
    }

    /**
     * Names of the years of a group.
     *
     * @param rows of the group
     * @param begunOn first day of the quarter in which it was first judged; null if that is not known
     */
    private record YearNames(List<Row> rows, @Nullable LocalDate begunOn) {

        /** Such as {@code 2012/13 (from Jan)}, {@code 2015/16 (partial, v2)} or {@code 2013/14}. */
        String of(Row row) {
            List<String> words = new ArrayList<>();
            LocalDate from = row.date("period_start_on");
            if (begunOn != null && begunOn.isAfter(from) && begunOn.isBefore(from.plusYears(1))) {
                words.add("from " + English.shortMonth(begunOn).split(" ", 2)[0]);
            }
            if (row.flag("is_partial")) {
                words.add("partial");
            }
            if (row.count("scheme_version") > rows.get(0).count("scheme_version")) {
                words.add("v" + row.count("scheme_version"));
            }
            return row.text("period") + (words.isEmpty() ? "" : " (" + String.join(", ", words) + ")");
        }

        /** The name of a year of which only that is known. */
        String of(String period) {
            return rows.stream()
                    .filter(row -> row.text("period").equals(period))
                    .findFirst()
                    .map(this::of)
                    .orElse(period);
        }
    }

    private static Block block(int number, String group, List<Row> rows, YearNames names, List<String> trends) {
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
                    periods(grades, names)));
        }
        List<List<Row>> all = List.copyOf(grades.values());
        List<Row> worst = all.get(all.size() - 1);
        charts.add(IntervalChart.of(
                "worst-" + number,
                "Share graded " + worst.get(0).text("grade").replace('_', ' '),
                "share of the judged cases",
                shares(worst, names)));
        return new Block("group-" + number, English.sentence(group), trends, charts, List.of(), List.of(), "");
    }

    /**
     * The cases of each year by grade; years in which cases were chosen in several ways are several bars. A version of
     * a scheme has a row of each of its grades, so that a grade without a row is none of its own.
     */
    private static List<StackedShare.Period> periods(Map<String, List<Row>> grades, YearNames names) {
        Map<List<String>, Map<String, Long>> years = new TreeMap<>(GradesPage::inOrder);
        grades.forEach((grade, rows) -> rows.forEach(row ->
                years.computeIfAbsent(year(row, names), key -> new HashMap<>()).put(grade, row.count("case_count"))));
        List<StackedShare.Period> periods = new ArrayList<>();
        years.forEach((year, counts) -> periods.add(new StackedShare.Period(
                year.get(1),
                Arrays.asList(grades.keySet().stream().map(counts::get).toArray(Long[]::new)),
                null)));
        return periods;
    }

    private static List<String> year(Row row, YearNames names) {
        return List.of(
                row.date("period_start_on").toString(),
                names.of(row),
                row.text("scheme_version") + row.text("population") + row.text("selection"));
    }

    private static int inOrder(List<String> one, List<String> other) {
        return String.join(" ", one).compareTo(String.join(" ", other));
    }

    private static List<IntervalChart.Share> shares(List<Row> years, YearNames names) {
        List<IntervalChart.Share> shares = new ArrayList<>();
        String before = null;
        // a grade may have another rank in another version
        for (Row year : years.stream()
                .sorted(Comparator.comparing(row -> row.date("period_start_on")))
                .toList()) {
            String comparable =
                    year.count("scheme_version") + " | " + year.text("population") + " | " + year.text("selection");
            shares.add(share(year, names, before != null && !comparable.equals(before)));
            before = comparable;
        }
        return shares;
    }

    private static IntervalChart.Share share(Row row, YearNames names, boolean isBreak) {
        Long total = row.countOrNull("case_total_count");
        return new IntervalChart.Share(
                names.of(row),
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
