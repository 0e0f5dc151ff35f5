package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.chart.Chart;
import uk.fpw.report.chart.FunnelChart;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/**
 * The part of the page of grades about units: which are graded otherwise than all together by more than chance. One
 * picture for each theme and assessor of a scheme, of its latest complete year.
 */
final class UnitFunnels {

    /** The grade that divides the cases most evenly, whose limits are the most exact. */
    private static final String ROWS = """
            with

            latest as (

                select *
                from mart.grading_funnel
                where not is_partial
                qualify period_start_on = max(period_start_on) over (partition by scheme)
            ),

            graded as (

                select
                    scheme, scheme_version, population, selection, theme, assessor, grade,
                    abs(coalesce(max(all_share), sum(case_count) / nullif(sum(case_total_count), 0), 0) - 0.5)
                        as distance,
                    min(grade_rank) as grade_rank
                from latest
                group by scheme, scheme_version, population, selection, theme, assessor, grade
            ),

            chosen as (

                select *
                from graded
                qualify row_number() over (
                    partition by scheme, scheme_version, population, selection, theme, assessor
                    order by distance, grade_rank
                ) = 1
            )

            select latest.*
            from latest
            inner join chosen using (scheme, scheme_version, population, selection, theme, assessor, grade)
            order by scheme, theme, assessor, scheme_version, population, selection, unit
            """;

    private UnitFunnels() {}

    /** The part; none of a release without rows, or of an older one without the table. */
    static List<Block> of(SiteData site) {
        if (!site.release().has("mart.grading_funnel", "position", "limits_reason")) {
            return List.of();
        }
        Map<String, List<Row>> series = new LinkedHashMap<>();
        for (Row row : site.release().rows(ROWS)) {
            series.computeIfAbsent(name(row), key -> new ArrayList<>()).add(row);
        }
        if (series.isEmpty()) {
            return List.of();
        }
        List<String> paragraphs = new ArrayList<>(List.of(
                "Units whose cases are graded otherwise than those of all units together, by more than chance, in the "
                        + "latest complete financial year. The limits are closer the more cases a unit has. The grade "
                        + "is the one that divides the cases most evenly."));
        List<Chart> charts = new ArrayList<>();
        series.forEach((name, rows) -> {
            if (rows.stream().anyMatch(row -> row.numberOrNull("low_95") != null)) {
                charts.add(chart("units-" + charts.size(), name, rows));
            } else {
                paragraphs.add(English.sentence(name) + ": not compared, " + reason(rows.get(0)) + ".");
            }
        });
        return List.of(new Block(
                "units",
                "Between units",
                paragraphs,
                charts,
                List.of(),
                List.of("Limits say nothing of why a unit differs. Units within the limits do not differ evidently, in "
                        + "whatever order they are: this is no ranking."),
                ""));
    }

    private static String name(Row row) {
        return row.text("theme").replace('_', ' ') + ", judged by the " + row.text("assessor") + " (scheme "
                + row.text("scheme").replace('_', ' ') + ", version " + row.count("scheme_version") + "; "
                + row.text("population") + ", selected: " + row.text("selection") + ")";
    }

    private static String reason(Row row) {
        String reason = row.textOrNull("limits_reason");
        String unavailable = row.textOrNull("unavailable_reason");
        return reason != null ? reason : unavailable != null ? unavailable : "limits are " + English.UNKNOWN;
    }

    private static Chart chart(String id, String name, List<Row> rows) {
        Row first = rows.get(0);
        return FunnelChart.of(
                id,
                "Graded " + first.text("grade").replace('_', ' ')
                        + (first.count("grade_rank") > 1 ? " or better" : "") + ", " + first.text("period")
                        + (first.flag("is_provisional") ? " (provisional)" : "") + ": " + name,
                "share of the judged cases",
                rows.stream().map(UnitFunnels::unit).toList());
    }

    private static FunnelChart.Unit unit(Row row) {
        Double share = row.numberOrNull("share");
        return new FunnelChart.Unit(
                row.text("unit"),
                row.countOrNull("case_total_count"),
                share,
                share == null ? null : limits(row),
                share == null ? null : position(row),
                share == null ? reason(row) : row.textOrNull("limits_reason"));
    }

    private static FunnelChart.@Nullable Limits limits(Row row) {
        return row.numberOrNull("low_95") == null
                ? null
                : new FunnelChart.Limits(
                        number(row, "all_share"),
                        number(row, "low_95"),
                        number(row, "high_95"),
                        number(row, "low_998"),
                        number(row, "high_998"));
    }

    private static double number(Row row, String column) {
        return Objects.requireNonNull(row.numberOrNull(column), column);
    }

    private static @Nullable String position(Row row) {
        String position = row.textOrNull("position");
        return position == null || !row.flag("is_rough") ? position : position + " (limits are rough: few cases)";
    }
}
