package uk.fpw.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** The texts of pictures: text alternatives, tables, and texts from other systems. */
@Tag("time-zone")
class ChartTextTest {

    private static final LocalDate DAY = LocalDate.of(2015, 1, 1);
    private static final String HOSTILE = "<script>alert(1)</script>\" onload='x' & \u0007\u202E\uD800";

    @Test
    void everyPictureIsWellFormedAndHasIdsOfItsOwn() throws Exception {
        List<String> ids = new ArrayList<>();
        for (Chart chart : ChartGallery.charts()) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader("<charts>" + chart.svg() + "</charts>")));
            Matcher id = Pattern.compile(" id=\"([^\"]+)\"").matcher(chart.svg());
            while (id.find()) {
                ids.add(id.group(1));
            }
            assertThat(chart.svg())
                    .doesNotContain(" style=")
                    .doesNotContain("<script")
                    .doesNotContain(" onload=");
        }
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void hostileTextIsText() throws Exception {
        Chart chart = BarChart.of("p", HOSTILE, HOSTILE, HOSTILE, List.of(new BarChart.Bar(HOSTILE, 1.0, HOSTILE)));
        assertThat(chart.svg())
                .doesNotContain("<script")
                .doesNotContain("\" onload")
                .doesNotContain("\u202E");
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<charts>" + chart.svg() + "</charts>")));
    }

    @Test
    void longNameIsCutAndShownWholeWhenPointedAt() {
        String name = "A unit of two hundred characters ".repeat(6);
        String svg = BarChart.of("p", "title", "devices", "Unit", List.of(new BarChart.Bar(name, 1.0, "1")))
                .svg();
        assertThat(svg).contains("<title>" + name + ": 1</title>").contains("…</text>");
    }

    @Test
    void cutNeverSplitsACharacter() {
        assertThat(TextWidth.fit("\uD83D\uDE00".repeat(9), 40, 12)).isEqualTo("\uD83D\uDE00\uD83D\uDE00…");
        assertThat(TextWidth.fit("short", 40, 12)).isEqualTo("short");
    }

    @Test
    void seriesAreDescribedByTheirNumbers() {
        Chart chart = TimeChart.of(
                "p",
                "Waiting",
                "devices",
                List.of(new TimeChart.Series(
                        "Waiting",
                        List.of(
                                new TimeChart.Value(DAY, 142.0, null),
                                new TimeChart.Value(DAY.plusMonths(1), null, "feed missing"),
                                new TimeChart.Value(DAY.plusMonths(2), 1_155.0, null),
                                new TimeChart.Value(DAY.plusMonths(3), 150.0, null, true)))),
                List.of());
        assertThat(chart.description())
                .isEqualTo("Waiting, in devices: 142 on 1 Jan 2015, 150 on 1 Apr 2015; "
                        + "the highest was 1,155 on 1 Mar 2015; "
                        + "1 of 4 values is not shown.");
        assertThat(chart.table())
                .isEqualTo(new Chart.Table(
                        List.of("Day", "Waiting"),
                        List.of(
                                List.of("1 Apr 2015", "150 (provisional)"),
                                List.of("1 Mar 2015", "1,155"),
                                List.of("1 Feb 2015", "feed missing"),
                                List.of("1 Jan 2015", "142"))));
        assertThat(chart.svg()).contains("<title>1 Feb 2015 to 1 Feb 2015: feed missing</title>");
    }

    @Test
    void provisionalMonthsAreHollowWhichIsExplained() {
        Chart chart = TimeChart.of(
                "p",
                "Received",
                "devices",
                List.of(new TimeChart.Series(
                        "Received",
                        List.of(
                                new TimeChart.Value(DAY, 142.0, null),
                                new TimeChart.Value(DAY.plusMonths(1), 150.0, null, true),
                                new TimeChart.Value(DAY.plusMonths(2), 90.0, null, true)),
                        true)),
                List.of());
        assertThat(chart.svg())
                .containsPattern("Received, in Feb 2015: 150 \\(provisional\\)</title><circle[^>]* class=\"hollow\"")
                .containsPattern("Received, in Mar 2015: 90 \\(provisional\\)</title><circle[^>]* class=\"hollow\"")
                .doesNotContain("Received, in Jan 2015: 142</title>")
                .contains("Dashed or hollow: provisional, expected to change.");
    }

    @Test
    void noValueAtAllIsSaid() {
        for (Chart chart : List.of(
                TimeChart.of("p", "t", "u", List.of(), List.of()),
                ControlChart.of("p", "t", "u", List.of(), List.of()),
                BarChart.of("p", "t", "u", "h", List.of()),
                SurvivalChart.of("p", "t", "u", List.of()),
                IntervalChart.of("p", "t", "u", List.of()),
                StackedShare.of("p", "t", "u", List.of("a"), List.of()),
                FunnelChart.of("p", "t", "u", List.of()))) {
            assertThat(chart.svg()).contains("Nothing to draw: no value is available.");
            assertThat(chart.table().rows()).isEmpty();
        }
        assertThat(Sparkline.of("p", "t", "u", new TimeChart.Series("t", List.of()))
                        .svg())
                .contains("not available");
    }

    @Test
    void barsThatAreLeftOutAreCounted() {
        Chart chart = BarChart.of("p", "t", "u", "Unit", Collections.nCopies(300, new BarChart.Bar("a", 1.0, "1")));
        assertThat(chart.svg()).contains("The first 20 of 300; the table has all.");
        assertThat(chart.description()).startsWith("The first 20 of 300. a: 1; a: 1");
        assertThat(chart.table().rows()).hasSize(300);
    }

    /** Limits from R, package NHSRplotthedots, including the near limits of the first segment: 135.045 and 147.205. */
    @Test
    void controlChartHasTheLimitsOfEachSegment() {
        Chart chart = ControlChart.of("p", "t", "devices", ChartGallery.rebased(), List.of());
        assertThat(chart.description())
                .isEqualTo("16 months are charted. The latest, Jul 2015, is 155; the mean is "
                        + "155.9, the limits are 146.8 and 165.0 (provisional). The limits come from 8 months, Dec "
                        + "2014 to Jul 2015, none of which shows more than chance.");
        assertThat(chart.table().rows().get(15))
                .containsExactly("1 Apr 2014", "142", "141.1", "132.0", "150.2", "none");
        ControlChart.Limits first = new ControlChart.Limits(141.125, 132.005, 150.245, true);
        assertThat(first.lowerNear()).isEqualTo(135.045);
        assertThat(first.upperNear()).isEqualTo(147.205);
        assertThat(chart.svg().split("class=\"mean provisional\"", -1))
                .as("two segments, two sizes")
                .hasSize(5);
    }

    @Test
    void limitsThatCameBeforeAChangeAreThoseOfTheMonthsBeforeIt() {
        ControlChart.Limits before = new ControlChart.Limits(5, 2, 8, false);
        ControlChart.Limits carried = new ControlChart.Limits(5, 2, 8, false, true);
        assertThat(ControlChart.of(
                                "p",
                                "t",
                                "u",
                                List.of(
                                        new ControlChart.Point(DAY, 9.0, before, "above the upper limit", null),
                                        new ControlChart.Point(DAY.plusMonths(1), 5.0, before, null, null),
                                        new ControlChart.Point(DAY.plusMonths(2), 1.0, carried, "below", null)),
                                List.of())
                        .description())
                .isEqualTo("3 months are charted. The latest, Mar 2015, is 1; the mean is 5, the limits are 2 and 8 "
                        + "(those before the change). The limits come from 2 months, Jan 2015 to Feb 2015, of which 1 "
                        + "shows more than chance: the months were not alike, and one within the limits need not be "
                        + "usual.");
    }

    @Test
    void signalHasItsShapeAndItsRule() {
        ControlChart.Limits limits = new ControlChart.Limits(5, 2, 8, false);
        String svg = ControlChart.of(
                        "p",
                        "t",
                        "u",
                        List.of(
                                new ControlChart.Point(DAY, 9.0, limits, "above the upper limit", null),
                                new ControlChart.Point(DAY.plusMonths(1), 1.0, limits, "below the lower limit", null),
                                new ControlChart.Point(DAY.plusMonths(2), 5.0, null, null, "the month is not over")),
                        List.of())
                .svg();
        assertThat(svg)
                .contains("class=\"label key\">above the upper limit</text>")
                .contains("class=\"label key\">below the lower limit</text>")
                .contains("Hollow points have no limits; the table says why.");
    }

    /** The reports of an inspectorate: 48.6 % of some 70 cases, then another kind of review without a share. */
    @Test
    void shareBeforeABreakIsSaidWhereNoneFollows() {
        assertThat(shares(share("2013/14", 0.4857, false), share("2014/15", null, true)))
                .isEqualTo("2013/14: 48.6 % of 70 cases. 1 of 2 shares is not shown.");
    }

    @Test
    void sharesAreSaidFromTheLastBreakBeforeTheLatestThatIsDrawn() {
        assertThat(shares(share("2011", 0.1, false), share("2012", 0.2, false), share("2013", 0.3, false)))
                .isEqualTo("2011: 10.0 % of 70 cases; 2013: 30.0 % of 70 cases.");
        assertThat(shares(
                        share("2010", 0.1, false),
                        share("2011", null, true),
                        share("2012", 0.3, false),
                        share("2013", 0.4, false),
                        share("2014", null, true),
                        share("2015", null, false)))
                .as("the break before 2011 lies between the shares of 2010 and 2012, that before 2014 behind all")
                .isEqualTo("2012: 30.0 % of 70 cases; 2013: 40.0 % of 70 cases. Before 2011 it cannot be compared. "
                        + "3 of 6 shares are not shown.");
        assertThat(shares(share("2011", 0.1, false), share("2012", 0.2, true)))
                .isEqualTo("2012: 20.0 % of 70 cases. Before 2012 it cannot be compared.");
    }

    @Test
    void oneShareIsSaidOnceAndNoneIsSaidToBeMissing() {
        assertThat(shares(share("2013/14", 0.0, false))).isEqualTo("2013/14: 0.0 % of 70 cases.");
        assertThat(shares(share("2012/13", null, false), share("2013/14", 1.0, false), share("2014/15", null, false)))
                .isEqualTo("2013/14: 100.0 % of 70 cases. 2 of 3 shares are not shown.");
        assertThat(shares(share("2013/14", null, false), share("2014/15", null, true)))
                .isEqualTo("No share is available.");
    }

    @Test
    void whiskerWithoutAShareIsSaidToo() {
        assertThat(shares(new IntervalChart.Share("2013/14", null, 0.25, 0.75, "8 cases", null, false)))
                .isEqualTo("2013/14: between 25.0 % and 75.0 % of 8 cases.");
    }

    /** A hatched strip over the line of another series would say that this is unknown too. */
    @Test
    void dayThatOneOfTwoSeriesLacksIsAGapAndNoStrip() {
        LocalDate march = LocalDate.of(2015, 3, 31);
        TimeChart.Series half = series("half", march, 31.0, 35.0, 37.0);
        TimeChart.Series most = series("most", march, 90.0, null, 95.0);
        assertThat(TimeChart.of("p", "t", "u", List.of(half, most), List.of()).svg())
                .contains("Where a line has a gap")
                .doesNotContain("Hatched");
        assertThat(TimeChart.of("p", "t", "u", List.of(most), List.of()).svg())
                .contains("Hatched")
                .doesNotContain("Where a line has a gap");
    }

    private static TimeChart.Series series(String name, LocalDate from, @Nullable Double... values) {
        return new TimeChart.Series(
                name,
                IntStream.range(0, values.length)
                        .mapToObj(i -> new TimeChart.Value(
                                from.plusMonths(3L * i), values[i], values[i] == null ? "too few" : null))
                        .toList());
    }

    /** Of the first days of a month, the share may be anything: it is drawn hollow, and said last. */
    @Test
    void shareOfSomeOfTheItemsIsNotTheLatest() {
        IntervalChart.Share some =
                new IntervalChart.Share("2014/15", 0.25, 0.25, 0.25, "4 due", "some are not yet due", false, true);
        assertThat(shares(share("2012/13", 0.5, false), share("2013/14", 0.75, false), some))
                .isEqualTo("2012/13: 50.0 % of 70 cases; 2013/14: 75.0 % of 70 cases. "
                        + "Not complete: 2014/15: 25.0 % of 4 due.");
        assertThat(shares(some)).isEqualTo("No share is complete. Not complete: 2014/15: 25.0 % of 4 due.");
        assertThat(IntervalChart.of("p", "t", "u", List.of(some)).svg()).contains("class=\"hollow\"");
    }

    /** The text alternative, which the caption repeats. */
    private static String shares(IntervalChart.Share... shares) {
        Chart chart = IntervalChart.of("p", "t", "u", List.of(shares));
        assertThat(chart.svg()).contains(chart.description());
        return chart.description();
    }

    private static IntervalChart.Share share(String period, @Nullable Double share, boolean isBreak) {
        return new IntervalChart.Share(period, share, null, null, "70 cases", null, isBreak);
    }

    @Test
    void shareWithoutIntervalSaysWhy() {
        Chart chart = IntervalChart.of(
                "p",
                "t",
                "u",
                List.of(
                        new IntervalChart.Share("2013/14", 0.5, 0.25, 0.75, "70 cases", null, false),
                        new IntervalChart.Share(
                                "2014/15", 0.25, null, null, "8 cases", "selected for a reason", true)));
        assertThat(chart.table().rows())
                .containsExactly(
                        List.of("2013/14", "50.0 %", "25.0 %", "75.0 %", "70 cases", ""),
                        List.of(
                                "2014/15",
                                "25.0 %",
                                "not available",
                                "not available",
                                "8 cases",
                                "no interval: selected for a reason; not comparable with the one before"));
        assertThat(chart.svg()).contains("not comparable</text>").contains("class=\"hollow\"");
    }

    @Test
    void partsOfAPeriodFillItsBar() {
        Chart chart = StackedShare.of(
                "p",
                "t",
                "u",
                List.of("examined", "withdrawn"),
                List.of(
                        new StackedShare.Period("Jan 2015", List.of(3L, 1L), null),
                        new StackedShare.Period("Feb 2015", null, "feed missing")));
        // 760 wide, minus 130 for the names and 64 for the sums: 566 for 100 %
        assertThat(chart.svg())
                .contains("<rect x=\"130\" y=\"44\" width=\"424.50\" height=\"19\" class=\"part part0\"/>")
                .contains("<rect x=\"554.50\" y=\"44\" width=\"141.50\" height=\"19\" class=\"part part1\"/>");
        assertThat(chart.table().rows())
                .containsExactly(
                        List.of("Jan 2015", "3", "1", "4"),
                        List.of("Feb 2015", "not available", "not available", "feed missing"));
        List<StackedShare.Period> without = List.of(new StackedShare.Period("Mar 2015", Arrays.asList(4L, null), null));
        assertThat(StackedShare.of("p", "t", "u", List.of("good", "bad"), without)
                        .table()
                        .rows())
                .as("a part that the period does not have is not 0")
                .containsExactly(List.of("Mar 2015", "4", "– (not in this scheme)", "4"));
        assertThatThrownBy(() -> StackedShare.of(
                        "p",
                        "t",
                        "u",
                        List.of("a", "b"),
                        List.of(new StackedShare.Period("Jan 2015", List.of(3L), null))))
                .hasMessage("Jan 2015: one count from 0 is needed for each part");
    }

    @Test
    void boxesAndArrowsAreLinksWithinTheSite() {
        DependencyChart.Node feed = new DependencyChart.Node("f", "feed", 0, "feeds.html#f");
        DependencyChart.Node mart = new DependencyChart.Node("m", "mart.queue_daily", 9, null);
        Chart chart = DependencyChart.of("p", "t", List.of(mart, feed), List.of(new DependencyChart.Edge("f", "m")));
        assertThat(chart.description()).isEqualTo("From left to right: feed; then mart.queue_daily. 1 arrow.");
        assertThat(chart.svg())
                .contains("<a href=\"feeds.html#f\" class=\"node linked\">")
                .contains("role=\"group\"");
        assertThat(chart.table().rows())
                .containsExactly(
                        List.of("mart.queue_daily", "feed", "–"), // a dash has three bytes
                        List.of("feed", "–", "mart.queue_daily"));
        assertThatThrownBy(() -> new DependencyChart.Node("x", "x", 0, "javascript:alert(1)"))
                .hasMessage("box x: javascript:alert(1) leads out of the site; give a relative address");
        assertThatThrownBy(
                        () -> DependencyChart.of("p", "t", List.of(feed), List.of(new DependencyChart.Edge("f", "m"))))
                .hasMessage("no box for the arrow from f to m");
    }

    @Test
    void lastPointOfASmallLineIsMarked() {
        String svg = Sparkline.of(
                        "p",
                        "Waiting",
                        "devices",
                        new TimeChart.Series(
                                "Waiting",
                                List.of(
                                        new TimeChart.Value(DAY, 10.0, null),
                                        new TimeChart.Value(DAY.plusDays(10), 20.0, null))))
                .svg();
        assertThat(svg).contains("d=\"M44,35L195,5\"").contains("<circle cx=\"195\" cy=\"5\"");
    }
}
