package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.layout.site.SiteRequest;
import uk.fpw.model.FigureDefinition;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.query.ReadyQueries;
import uk.fpw.report.dictionary.TestFolder;

/** The dictionary pages of a release that the test writes. */
class DictionarySiteTest {

    private static final String QUEUES = """
            select
                'exams' as queue, 'Exams' as title, 'Devices <b>that</b> wait' as description, 'whole' as queue_role,
                'device' as item_unit, 'device' as item_kind, 1 as queue_version, 'received' as entered_by,
                '-' as re_entered_by, 'examined' as left_by, date '2016-01-12' as data_as_at,
                '2016-01-12.1' as release_id
            """;

    private static final String STANDARDS = """
            select
                'exams' as queue, 1 as queue_version, 'quick' as standard, 1 as standard_order,
                'Seen in a day' as title, 24 as within_hours, 'every item' as applies_to
            """;

    private static final String GRADES = """
            select 'audit' as scheme, grade.*
            from (
                values
                (1, 'Audit of cases', 'Old <i>list</i>', date '2014-01-01', 'good', 1),
                (1, 'Audit of cases', 'Old <i>list</i>', date '2014-01-01', 'bad', 2)
            ) as grade (scheme_version, title, description, valid_from, grade, grade_rank)
            """;

    private static final String CHANGES = """
            select
                'outsourcing' as change, 'exams' as queue, date '2015-06-01' as changed_on,
                'outsourcing' as change_kind, 'Work is sent out' as what, 'Too much' as why,
                'the board' as decided_by, false as is_rebase
            """;

    @TempDir
    private static Path folder;

    private static Path site;

    @BeforeAll
    static void write() throws IOException, SQLException {
        site = write("known", TestFolder.input());
    }

    @Test
    void everyTableAndViewHasItsPageWithEveryColumnAndTest() {
        List<Model> all = new ArrayList<>(Models.all());
        all.addAll(Models.toolViews());

        for (Model model : all) {
            String page = page(model.table().replace('.', '-') + ".html");
            assertThat(page).contains("<h1>" + model.table() + "</h1>").contains("<dd>" + model.owner() + "</dd>");
            for (Model.Column column : model.columns()) {
                assertThat(page)
                        .contains("<div id=\"column-" + column.name() + "\">")
                        .contains("<dd>" + escaped(column.description().strip()) + "</dd>");
            }
            model.tests().forEach(test -> assertThat(page)
                    .contains("<code>" + test.code() + "</code>")
                    .contains(escaped((test.expression() + test.query()).strip())));
            FigureDefinition.of(model.table()).forEach(definition -> assertThat(page)
                    .contains(escaped(definition.sql().strip())));
        }
    }

    @Test
    void indexHasEveryTableColumnQueryFeedRuleAndWordOfTheRelease() {
        String index = page("index.html");

        for (Model model : Models.all()) {
            assertThat(index)
                    .contains("<li><a href=\"../dictionary/" + model.table().replace('.', '-') + ".html\">"
                            + model.table() + "</a>");
            model.columns().forEach(column -> assertThat(
                            page("columns-" + column.name().charAt(0) + ".html"))
                    .contains("<a href=\"../dictionary/" + model.table().replace('.', '-') + ".html#column-"
                            + column.name() + "\">" + model.table() + "</a>"));
        }
        ReadyQueries.all().forEach(query -> assertThat(index)
                .contains("<a href=\"../dictionary/queries.html#query-" + query.name() + "\">" + query.name() + "</a>")
                .contains("<p>" + escaped(query.question()) + "</p>"));
        assertThat(index)
                .contains(">exams</a> <span class=\"unit\">queue; Exams; whole</span>\n"
                        + "<p>Devices &lt;b&gt;that&lt;/b&gt; wait</p>")
                .contains("<p>Seen in a day: within 24 hours of entering. Applies to every item.</p>")
                .contains("<span class=\"unit\">grading scheme; Audit of cases</span>")
                .contains("<span class=\"unit\">recorded change</span>\n<p>Work is sent out Too much</p>")
                .contains("<span class=\"unit\">rule of the feed audits; warning</span>")
                .contains("<span class=\"unit\">feed; system lab; delivered daily</span>")
                .contains("<span class=\"unit\">cause of a changed figure</span>");
    }

    @Test
    void searchHasTheColumnsTooAndOtherWordsForTheSame() {
        String script = page("entries.js");

        assertThat(script)
                .startsWith("var dictionary = {")
                .contains("[\"mart.queue_daily\",\"table; owner performance analysis;")
                .contains("\"dictionary/mart-queue_daily.html#column-oldest_wait_days\"]")
                .contains("\"Devices \\u003cb>that\\u003c/b> wait\",\"queues/exams.html\"]")
                .contains("\"backlog\":[\"past_standard\",\"past its standard\",\"waiting\",\"overdue\"]");
        assertThat(page("index.html")).contains("<script src=\"entries.js\" defer></script>");
    }

    @Test
    void whereAColumnComesFromIsSaidAsFarAsItIsKnown() {
        assertThat(page("mart-queue_exit.html"))
                .contains("Counted again in every run by the definition queue_exit.")
                .contains("Compared in every run with the definition queue_exit.")
                .contains("Calculated in Java series by series (one queue, slice and value), from its spells; "
                        + "not counted again.");
        assertThat(page("mart-case_milestone_open.html"))
                .contains("restricted: rows of single cases or people, for analysts only")
                .contains("Sensitive: identifies a single case, item or person, if only by a pseudonym.");
    }

    @Test
    void rowsOfSingleCasesAreForAnalystsOnlyAndNotForBiTools() {
        Pattern readers = Pattern.compile("<dt>Who may read it</dt><dd>([^<]*)</dd>");
        Map<String, String> words = new TreeMap<>();
        for (Model model : Models.all()) {
            Matcher found = readers.matcher(page(model.table().replace('.', '-') + ".html"));
            assertThat(found.find()).as(model.table()).isTrue();
            words.put(model.table(), found.group(1));
        }

        String restricted =
                "restricted: rows of single cases or people, for analysts only; not exported and not for BI tools";
        assertThat(words)
                .doesNotContainValue("BI tools")
                .containsEntry("mart.case_clock", restricted)
                .containsEntry("mart.case_silence", restricted)
                .containsEntry("mart.case_milestone_open", restricted)
                .containsEntry("mart.case_silence_count", "analysts and BI tools; it is exported");
        assertThat(page("index.html"))
                .contains("<span class=\"unit\">table; owner performance analysis; " + restricted + "</span>");
    }

    @Test
    void feedsSayWhatIsPersonalAndWhatIsNeverLoaded() {
        assertThat(page("feeds.html"))
                .contains("the release was made with the same folder")
                .contains("<td>personal: kept as a pseudonym</td><td>yes</td>")
                .contains("<td>not personal</td><td>no</td>")
                .contains("<dt>In scope</dt><dd>rows for which type &lt;&gt; '&lt;img")
                .contains("<dt>Never loaded</dt><dd>Officer &lt;img")
                .contains("<dt>Events</dt><dd>received, examined</dd>");
    }

    @Test
    void rulesOfOneCodeHaveTheirOwnPlaces() {
        assertThat(page("rules.html"))
                .contains("<li id=\"rule-devices-20-LATE\" data-text>")
                .contains("<li id=\"rule-audits-20-LATE\" data-text>")
                .contains("a &lt; b")
                .contains("exclude: the item of such a row is in no figure, with this rule as the reason");
    }

    @Test
    void schemesShowTheirGradesBestFirst() {
        assertThat(page("schemes.html"))
                .contains("<dt>Version 1</dt><dd>from 1 January 2014, best first: good; bad</dd>")
                .contains("<p>Old &lt;i&gt;list&lt;/i&gt;</p>");
    }

    @Test
    void whatTheForceWritesIsTextAndNoMarkup() {
        assertThat(pages()).allSatisfy(page -> assertThat(Files.readString(page))
                .doesNotContain("<img")
                .doesNotContain("<b>")
                .doesNotContain("<i>")
                .doesNotContain(" style=")
                .doesNotContainPattern("<[^>]* on[a-z]+="));
    }

    @Test
    void everyLinkWithinTheDictionaryLeadsSomewhere() {
        Pattern link = Pattern.compile("href=\"([^\"]*)\"");
        assertThat(pages()).hasSizeGreaterThan(60).allSatisfy(page -> {
            List<String> links = link.matcher(Files.readString(page))
                    .results()
                    .map(found -> found.group(1))
                    .filter(href -> !href.startsWith("../queues/"))
                    .distinct()
                    .toList();
            for (String href : links) {
                String[] parts = href.split("#", 2);
                Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
                assertThat(target).as(href + " of " + page).exists();
                if (parts.length == 2) {
                    assertThat(Files.readString(target)).as(href).contains("id=\"" + parts[1] + "\"");
                }
            }
        });
    }

    @Test
    void idsOfAPageAreUnlikeEachOther() {
        Pattern id = Pattern.compile(" id=\"([^\"]*)\"");
        assertThat(pages()).allSatisfy(page -> assertThat(
                        id.matcher(Files.readString(page)).results().map(MatchResult::group))
                .doesNotHaveDuplicates());
    }

    @Test
    void folderThatCannotBeReadOrIsAnotherOneIsSaid() throws IOException, SQLException {
        Path unknown = write("unknown", DictionaryInput.UNKNOWN);
        assertThat(Files.readString(unknown.resolve("dictionary/feeds.html")))
                .contains("The force folder could not be read when these pages were made");
        assertThat(Files.readString(unknown.resolve("dictionary/mart-queue_daily.html")))
                .contains("The force folder could not be read, so its feeds and queries are not shown.");
    }

    private static Path write(String name, DictionaryInput input) throws IOException, SQLException {
        Path into = folder.resolve(name);
        SiteRequest request = TestRelease.of(folder.resolve(name + "-warehouse"), "2016-01-12")
                .with("mart.dim_queue", QUEUES)
                .with("mart.dim_standard", STANDARDS)
                .with("mart.dim_scheme", GRADES)
                .with("mart.change", CHANGES)
                .write(into);
        Site.write(new SiteRequest(
                request.warehouse(),
                request.releaseId(),
                into,
                request.audience(),
                request.timeliness(),
                List.of(),
                request.operations(),
                input,
                request.kept()));
        return into;
    }

    private static String page(String name) {
        try {
            return Files.readString(site.resolve("dictionary").resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<Path> pages() {
        try (Stream<Path> files = Files.list(site.resolve("dictionary"))) {
            return files.sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
