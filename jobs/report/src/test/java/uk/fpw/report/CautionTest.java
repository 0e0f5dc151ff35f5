package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.report.TestRelease.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.layout.site.Operations;

/** Caveats that keep readers from concluding more than the figures support. */
@Tag("time-zone")
class CautionTest {

    @TempDir
    private Path folder;

    @Test
    void gradesOfAnotherListAreNotComparable() throws IOException, SQLException {
        String page = page("grades/index.html", release().with("mart.grading_case_share", """
                select
                    'audit' as scheme, 'closed cases' as population, 'random' as selection, 'handling' as theme,
                    'peers' as assessor, year.*, 0.1 as share_low, 0.9 as share_high,
                    year.case_count / 100 as share, 100 as case_total_count, false as is_partial
                from (
                    values
                    ('quarter', 1, '2013 Q3', date '2013-07-01', 'good', 1, 20),
                    ('financial year', 1, '2013/14', date '2013-04-01', 'good', 1, 20),
                    ('financial year', 1, '2013/14', date '2013-04-01', 'poor', 3, 40),
                    ('financial year', 1, '2014/15', date '2014-04-01', 'good', 1, 30),
                    ('financial year', 2, '2015/16', date '2015-04-01', 'good', 1, 60),
                    ('financial year', 2, '2015/16', date '2015-04-01', 'poor', 2, 40)
                ) as year (period_kind, scheme_version, period, period_start_on, grade, grade_rank, case_count)
                """));

        assertThat(page)
                .contains(row("2014/15", "30", "– (not in this scheme)", "30"))
                .contains(row("2013/14 (from Jul)", "40.0 %", "10.0 %", "90.0 %", "100 cases", "scheme version 1"))
                .contains(row(
                        "2015/16 (v2)",
                        "40.0 %",
                        "10.0 %",
                        "90.0 %",
                        "100 cases",
                        "scheme version 2; not comparable with the one before"))
                .contains("2015/16 (v2): 40.0 % of 100 cases. Before 2015/16 (v2) it cannot be compared.")
                .contains("class=\"event\"")
                .doesNotContain("40.0 % of 100 cases; 2015/16");
    }

    @Test
    void partsOfPairsAddUp() throws IOException, SQLException {
        String page = page("grades/index.html", release().with("mart.grading_agreement", """
                select
                    'audit' as scheme, 1 as scheme_version, 'force' as first_assessor,
                    'peers' as second_assessor, 0.278 as kappa, 0.581 as quadratic_kappa, theme.*
                from (
                    values
                    ('handling', 70, 31, 39, 0),
                    ('safety', 70, 31, 3, 36)
                ) as theme (theme, pair_count, agreed_count, first_better_count, second_better_count)
                """));

        assertThat(page)
                .contains(row("Handling (audit, version 1)", "force and peers", "70", "31", "39", "0", "0.28", "0.58"))
                .contains(row("Safety (audit, version 1)", "force and peers", "70", "31", "3", "36", "0.28", "0.58"))
                .containsSubsequence(
                        "<h2 id=\"agreement\">",
                        "<p>Of 70 cases that the force and the peers both judged (handling), the force was "
                                + "kinder in 39 "
                                + "and stricter in 0; in 31 both gave the same grade.</p>",
                        "<p>Of 70 cases that the force and the peers both judged (safety), the peers was kinder "
                                + "in 36 and "
                                + "stricter in 3; in 31 both gave the same grade.</p>");
    }

    @Test
    void whatOthersPublishedStandsApartWithOursAndWithoutAVerdict() throws IOException, SQLException {
        String page = page("then-and-now/index.html", release().with("mart.published_fact", """
                select
                    'digital_forensics 1' as pack, date '2022-02-01' as as_of_from_on,
                    date '2022-02-22' as as_of_to_on, 'not comparable' as verdict, 'Many forces.' as reason,
                    date '2026-12-02' as data_as_at, 'News <1>' as fact_source, 'All.' as population,
                    'As each counts.' as definition, fact.*
                from (
                    values
                    ('a', '21,022 devices', 412, 'devices', null),
                    ('b', '150 computers', null, 'computers', 'not loaded')
                ) as fact (fact, quote, our_latest, our_latest_unit, our_latest_reason)
                """));
        String days = "1 February 2022 to 22 February 2022";
        assertThat(page)
                .contains("None is recorded.")
                .contains("and ours on 2 December 2026, as that pack counts")
                .containsSubsequence("<h2 id=\"facts\">", "<h2 id=\"packs\">Published by others about the same work")
                .contains(row(
                        "21,022 devices",
                        days,
                        "All. As each counts.",
                        "412 devices",
                        "Many forces.",
                        "digital_forensics 1",
                        "News &lt;1&gt;"))
                .contains(row(
                        "150 computers",
                        days,
                        "All. As each counts.",
                        "not loaded",
                        "Many forces.",
                        "digital_forensics 1",
                        "News &lt;1&gt;"));
    }

    @Test
    void closestFigureIsBesideAllOfItsDays() throws IOException, SQLException {
        String page = page("then-and-now/index.html", release().with("mart.published_fact", """
                select
                    'cases' as unit, 'cases' as our_unit, date '2015-08-01' as as_of_from_on,
                    date '2015-08-31' as as_of_to_on, 31 as our_value_count, 'differs by' as verdict,
                    'Because.' as reason, 'A report' as fact_source, fact.*
                from (
                    values
                    ('a', 'about 150', 132, 126, 132, -18),
                    ('b', 'cleared to none', 0, 0, 1, 0),
                    ('c', 'two inadequate', 3, 3, 3, 1)
                ) as fact (fact, quote, our_value, our_lowest, our_highest, difference)
                """));
        String days = "1 August 2015 to 31 August 2015";

        assertThat(page)
                .contains(row(
                        "about 150",
                        days,
                        "132 cases; all 31 values of these days: 126 to 132",
                        "differs by -18",
                        "Because.",
                        "A report",
                        "a"))
                .contains(row(
                        "cleared to none",
                        days,
                        "0 cases; all 31 values of these days: 0 to 1",
                        "differs by 0",
                        "Because.",
                        "A report",
                        "b"))
                .contains(row("two inadequate", days, "3 cases", "differs by 1", "Because.", "A report", "c"));
    }

    @Test
    void recommendationThatIsSaidToBeDoneNeedsAttentionIfItsFigureIsNotBetter() throws IOException, SQLException {
        String page = page("index.html", release().with("mart.recommendation", """
                select
                    'Peers' as made_by, date '2015-08-31' as made_on, 'Do it.' as words, true as is_quoted,
                    'a month' as due_within, false as is_overdue, date '2015-12-14' as status_on,
                    'The board' as owner, 'share of judgements' as unit, date '2015-08-31' as then_as_at,
                    date '2016-01-12' as now_as_at, given.*, value_now - value_then as difference,
                    if(figure = 'inadequate', 2, null) as part_count_then, 10 as of_count_then, 0.06 as low_then,
                    0.51 as high_then, if(figure = 'inadequate', 4, null) as part_count_now, 10 as of_count_now,
                    0.17 as low_now, 0.69 as high_now, if(figure = 'inadequate', -0.18, null) as difference_low,
                    if(figure = 'inadequate', 0.52, null) as difference_high
                from (
                    values
                    ('audits', 'inadequate', 'done', 'Share graded inadequate', 0.2, 0.4, false),
                    ('audits', 'good', 'done', 'Share graded good', 0.2, 0.4, true),
                    ('visits', 'seen', 'done', 'Share seen', null, null, null),
                    ('phones', 'waiting', 'open', 'Share late', 0.2, 0.4, false)
                ) as given (recommendation, figure, status, figure_title, value_then, value_now, is_better)
                """));

        assertThat(page)
                .containsOnlyOnce("<p class=\"rule\">")
                .contains("The force says done since 14 December 2015 (The board). Not better than on 31 August "
                        + "2015, when it was made: Share graded inadequate: 20.0 % of judgements (2 of 10; 95 % "
                        + "interval 6.0 % to 51.0 %) on 31 Aug 2015, 40.0 % of judgements (4 of 10; 95 % interval "
                        + "17.0 % to 69.0 %) on 12 Jan 2016. Chance alone could make such a difference.</p>")
                .contains("then-and-now/index.html#recommendation-audits");
        assertThat(Files.readString(folder.resolve("site/then-and-now/index.html")))
                .contains("<td>+20.0 points (95 % interval −18.0 to +52.0)</td>\n<td>Said to be done, and the "
                        + "figure is not better. Chance alone could make such a difference.</td>")
                .containsSubsequence("recommendation-audits", "recommendation-phones", "recommendation-visits");
    }

    @Test
    void recommendationSaysHowManyRowsOfItsOwnFeedsWereRefused() throws IOException, SQLException {
        TestRelease release = release()
                .folder(new DictionaryInput(
                        "f",
                        true,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new DictionaryInput.Recommended("audits", List.of("case_audits")))))
                .leftOut(
                        refused("case_audits", "UNPARSABLE", 3),
                        refused("case_audits", "KEY_REPEATED", 2),
                        refused("calls", "UNPARSABLE", 7)) // of no figure of it
                .with("mart.recommendation", """
                        select
                            'audits' as recommendation, 'bad' as figure, 'done' as status, 'Share bad' as figure_title,
                            0.2 as value_then, 0.4 as value_now, 0.2 as difference, false as is_better,
                            'Peers' as made_by, date '2015-08-31' as made_on, 'Do it.' as words, true as is_quoted,
                            'a month' as due_within, date '2015-12-14' as status_on, 'The board' as owner,
                            'share of judgements' as unit, date '2015-08-31' as then_as_at,
                            date '2016-01-12' as now_as_at
                        """);
        String warning =
                "Not in its figures: 5 rows of case audits that could not be stored. They may change once these are "
                        + "corrected.</p>";

        assertThat(page("index.html", release)).contains(" on 12 Jan 2016. " + warning);
        assertThat(Files.readString(folder.resolve("site/then-and-now/index.html")))
                .contains("<p class=\"note\">" + warning);
    }

    private static Operations.LeftOut refused(String feed, String code, long rows) {
        return new Operations.LeftOut("refused", feed, code, null, rows, "wrong", "Correct it.", null);
    }

    @Test
    void silentCasesAreCounted() throws IOException, SQLException {
        TestRelease release = release().with("mart.case_silence_count", """
                select 1 as milestones_version, cases.*
                from (
                    values
                    ('children', 'Children', 28, 104, 30, 0),
                    ('children', 'Children', 91, 104, 6, 0),
                    ('others', 'Others', 91, 4, 3, 1)
                ) as cases (
                    milestones, milestones_title, silent_over_days, open_case_count, silent_case_count,
                    never_recorded_count
                )
                """);

        assertThat(page("index.html", release))
                .contains("href=\"quality/index.html#silence\"")
                .contains("Of 104 open cases, 6 have had no activity recorded for more than 91 days. Not recorded is "
                        + "not the same as not done: check.</p>")
                .contains("Of 4 open cases, 3 have had no activity recorded for more than 91 days, and 1 of these none "
                        + "since the force became aware.");
        assertThat(Files.readString(folder.resolve("site/quality/index.html")))
                .contains("<h2 id=\"silence\">")
                .contains(row("Children", "28 days", "104", "30", "0"))
                .contains(row("Others", "91 days", "4", "3", "1"));
    }

    @Test
    void changeStandsBesideWhatDifferedAfterIt() throws IOException, SQLException {
        String page = page(
                "queues/exams.html",
                release().with("mart.dim_queue", """
                                select
                                    'exams' as queue, 'Devices' as title, 'whole' as queue_role,
                                    'device' as item_unit, 1 as queue_version, 'Devices.' as description,
                                    'received' as entered_by, '-' as re_entered_by, 'examined' as left_by,
                                    date '2016-01-12' as data_as_at
                                """).with("mart.change", """
                                select
                                    'two_examiners' as change, 'exams' as queue, date '2015-02-02' as changed_on,
                                    'Two more.' as what, 'Too few.' as why, 'The board' as decided_by
                                """).with("mart.change_comparison", """
                                select
                                    'two_examiners' as change, 'exams' as queue, date '2015-02-02' as changed_on,
                                    'lower' as direction, found.*
                                from (
                                    values
                                    ('wait', 'not different', null, 'outsourcing (2015-04-13)'),
                                    ('left', null, 'too early', null)
                                ) as found (outcome, verdict, verdict_reason, other_changes)
                                """));

        assertThat(page)
                .contains(row("2 February 2015", "Two more.", "Too few.", "The board"))
                .contains(row(
                        "two examiners, 2 February 2015",
                        "waits, declared: lower",
                        "not different",
                        "outsourcing (2015-04-13)"))
                .contains(row(
                        "two examiners, 2 February 2015",
                        "what left, declared: lower",
                        "no verdict: too early",
                        "none"))
                .contains("does not say that nothing changed");
    }

    private TestRelease release() {
        return TestRelease.of(folder, "2016-01-12");
    }

    private String page(String path, TestRelease release) throws IOException, SQLException {
        Path into = folder.resolve("site");
        Site.write(release.write(into), TestRelease.PAGES);
        return Files.readString(into.resolve(path));
    }
}
