package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.report.page.GradesPage;

class GradeTrendsTest {

    @TempDir
    private Path folder;

    @Test
    void eachThemeSaysWhetherGradesChangedOrWhyThatCannotBeTold() throws IOException, SQLException {
        String page = page("""
                values
                ('none', 2.375, 2.6125, 0.71, 0.4765, null),
                ('worse', 2.1, 2.9, 3.4, 0.0004, null),
                ('better', 2.9, 2.1, -2.4, 0.012, null),
                ('picked', null, null, null, null, 'the cases were picked (purposive)')
                """);

        assertThat(page)
                .contains("<p>No evidence that grades became better or worse (mean rank 2.38 in 2012/13 and 2.61 in "
                        + "2014/15, 1 being the best grade; 178 cases; where nothing changes, chance makes as "
                        + "large a difference in 48 of 100). That is not the same as no change.</p>")
                .contains("<p>Grades became worse by more than chance explains (mean rank 2.10 in 2012/13 and 2.90 in "
                        + "2014/15, 1 being the best grade; 178 cases; where nothing changes, chance makes as "
                        + "large a difference in fewer than 1 of 100).")
                .contains("<p>Grades became better by more than chance explains (mean rank 2.90 in 2012/13 and 2.10 in "
                        + "2014/15, 1 being the best grade; 178 cases; where nothing changes, chance makes as "
                        + "large a difference in 1 of 100).")
                .contains("<p>Cannot be compared, 2012/13 to 2014/15: the cases were picked (purposive).</p>");
    }

    @Test
    void eachYearIsOneBarOfItsCasesByGrade() throws IOException, SQLException {
        assertThat(page("select 'none', 2.4, 2.6, 0.7, 0.48, null"))
                .contains("Cases by grade, the best first</strong>")
                .contains("<td>2014/15</td>\n<td>60</td>\n<td>40</td>\n<td>100</td>")
                .contains("Share graded bad</strong>")
                .doesNotContain("Share graded good</strong>");
    }

    private String page(String trends) throws IOException, SQLException {
        Site.write(
                TestRelease.of(folder, "2016-01-12")
                        .with("mart.grading_trend", """
                                select
                                    'audit' as scheme, 1 as scheme_version, 'all cases' as population,
                                    'random' as selection, 'force' as assessor, 'financial year' as period_kind,
                                    '2012/13' as first_period, '2014/15' as last_period, 178 as case_total_count,
                                    'all' as grade, trend.*
                                from (
                                """ + trends + """
                                ) as trend (theme, first_mean_rank, last_mean_rank, z, p, test_reason)
                                """)
                        .with("mart.grading_case_share", """
                                select
                                    'audit' as scheme, 1 as scheme_version, 'all cases' as population,
                                    'random' as selection, 'force' as assessor, 'financial year' as period_kind,
                                    '2014/15' as period, date '2014-04-01' as period_start_on, 100 as case_total_count,
                                    theme, grade, grade_rank, case_count, case_count / 100 as share,
                                    0.3 as share_low, 0.7 as share_high
                                from unnest(['none', 'worse', 'better', 'picked']) as themes (theme)
                                cross join (
                                    values ('good', 1, 60), ('bad', 2, 40)
                                ) as grades (grade, grade_rank, case_count)
                                """)
                        .write(folder.resolve("site")),
                List.of(new GradesPage()));
        return Files.readString(folder.resolve("site/grades/index.html"));
    }
}
