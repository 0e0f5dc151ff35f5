package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.report.TestRelease.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.report.page.GradesPage;
import uk.fpw.report.page.PageSource;

/** How units are graded compared with each other, as the page of grades shows it. */
class UnitFunnelsTest {

    /** Limits by hand: 0.6961 +- 1.96 x sqrt(0.6961 x 0.3039 / 100) = 0.6059 to 0.7862, with 3.09 0.5540 to 0.8382. */
    private static final String UNITS = """
            ('2014/15', 'good', 2, 'North', 90, 100, 90, 0.6961, 0.6059, 0.7862, 'above 99.8 % limit', false, false),
            ('2014/15', 'good', 2, 'East <b>', 30, 60, 60, 0.6961, 0.5797, 0.8124, 'below 99.8 % limit', false, false),
            ('2014/15', 'good', 2, 'South', 22, 44, 44, 0.6961, 0.5602, 0.8320, 'below 95 % limit', true, false),
            ('2014/15', 'outstanding', 1, 'North', 12, 100, 90, 0.1, 0.01, 0.2, 'within limits', false, false),
            ('2013/14', 'good', 2, 'North', 50, 100, 90, 0.5, 0.4, 0.6, 'within limits', false, false),
            ('2015/16', 'good', 2, 'North', 51, 100, 90, null, null, null, null, null, true)
            """;

    private static final List<PageSource> PAGES = List.of(new GradesPage());

    @TempDir
    private Path folder;

    @Test
    void unitBeyondTheLimitsOfTheLatestCompleteYearIsNamed() throws IOException, SQLException {
        String page = page(UNITS);

        assertThat(page)
                .contains("<h2 id=\"units\">Between units</h2>")
                .contains(
                        "Graded good or better, 2014/15: handling, judged by the peers (scheme case audit, version 1; "
                                + "closed cases, selected: random)</title>")
                .contains("3 units, 3 with limits; 3 lie outside the 95 % limits. Chance alone puts one in 20 there.")
                .contains("North: 90.0 % of 100, above 99.8 % limit</text>")
                .contains("East &lt;b&gt;: 50.0 % of 60, below 99.8 % limit</text>")
                .contains("South: 50.0 % of 44, below 95 % limit (limits are rough: few cases)</text>")
                .contains(row("North", "100", "90.0 %", "60.6 %", "78.6 %", "above 99.8 % limit"))
                .contains("no ranking")
                .doesNotContain("2013/14")
                .doesNotContain("2015/16")
                .doesNotContain("outstanding");
    }

    @Test
    void unitWithFewCasesIsShownAndOneWithoutAnyIsNot() throws IOException, SQLException {
        String page = page(UNITS.strip() + """
                , ('2014/15', 'good', 2, 'Coast', 0, 0, 0, null, null, null, null, null, false)
                , ('2014/15', 'good', 2, 'West', 1, 3, 3, 0.6961, 0.2, 1.0, 'within limits', true, false)
                """);

        assertThat(page)
                .contains(
                        row("West", "3", "33.3 %", "20.0 %", "100.0 %", "within limits (limits are rough: few cases)"))
                .contains(row(
                        "South", "44", "50.0 %", "56.0 %", "83.2 %", "below 95 % limit (limits are rough: few cases)"))
                .contains(row(
                        "Coast",
                        "0",
                        "not available",
                        "not available",
                        "not available",
                        "fewer than three units to compare: 1"))
                .contains("Without a share: 1; the table says why.");
    }

    @Test
    void unitsWithoutLimitsAreNotCompared() throws IOException, SQLException {
        String page = page("""
                ('2014/15', 'good', 2, 'North', 90, 100, 90, null, null, null, null, null, false)
                """);

        assertThat(page)
                .contains(
                        "Handling, judged by the peers (scheme case audit, version 1; closed cases, selected: random): "
                                + "not compared, fewer than three units to compare: 1.")
                .doesNotContain("90.0 %");
    }

    @Test
    void releaseWithoutUnitsOrWithoutTheTableHasNoSuchPart() throws IOException, SQLException {
        for (boolean hasTable : new boolean[] {true, false}) {
            Path into = folder.resolve("site " + hasTable);
            TestRelease release = TestRelease.of(folder.resolve("warehouse " + hasTable), "2016-01-12");
            Site.write((hasTable ? release : release.without("mart.grading_funnel")).write(into), PAGES);

            assertThat(Files.readString(into.resolve("grades/index.html")))
                    .contains("No judgement is recorded.")
                    .doesNotContain("Between units");
        }
    }

    private String page(String units) throws IOException, SQLException {
        Path into = folder.resolve("site");
        Site.write(
                TestRelease.of(folder.resolve("warehouse"), "2016-01-12")
                        .with("mart.grading_funnel", """
                                select
                                    'case_audit' as scheme, 1 as scheme_version, 'closed cases' as population,
                                    'random' as selection, 'handling' as theme, 'peers' as assessor,
                                    'financial year' as period_kind, unit.*,
                                    make_date(left(unit.period, 4)::int, 4, 1) as period_start_on,
                                    case_count / nullif(case_total_count, 0) as share,
                                    greatest(0, all_share - (high_95 - all_share) * 1.577) as low_998,
                                    least(1, all_share + (high_95 - all_share) * 1.577) as high_998,
                                    if(low_95 is null, 'fewer than three units to compare: 1', null) as limits_reason,
                                    true as is_available, date '2016-01-12' as data_as_at
                                from (
                                    values
                                    %s
                                ) as unit (
                                    period, grade, grade_rank, unit, case_count, case_total_count, contributor_count,
                                    all_share, low_95, high_95, position, is_rough, is_partial
                                )
                                """.formatted(units))
                        .write(into),
                PAGES);
        return Files.readString(into.resolve("grades/index.html"));
    }
}
