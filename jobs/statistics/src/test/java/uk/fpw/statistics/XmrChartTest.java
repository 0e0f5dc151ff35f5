package uk.fpw.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against {@code golden/xmr}: sixteen series with limits and rules of every point, made with R 4.5 and cross-checked
 * against NHSRplotthedots, some of them from its vignettes and snapshots.
 */
class XmrChartTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "xmr");

    /** Labels of the reference. */
    private static final Map<XmrChart.Signal, String> LABELS = Map.of(
            XmrChart.Signal.NONE, "Common Cause",
            XmrChart.Signal.ABOVE_LIMIT, "Above UCL",
            XmrChart.Signal.BELOW_LIMIT, "Below LCL",
            XmrChart.Signal.RISING, "7 Point Trend (Increasing)",
            XmrChart.Signal.FALLING, "7 Point Trend (Decreasing)",
            XmrChart.Signal.NEAR_UPPER, "2 in 3 Above CL",
            XmrChart.Signal.NEAR_LOWER, "2 in 3 Below CL",
            XmrChart.Signal.ABOVE_MEAN, "7 Points Above CL",
            XmrChart.Signal.BELOW_MEAN, "7 Points Below CL");

    private static JsonNode expected() throws IOException {
        return new ObjectMapper().readTree(GOLDEN.resolve("xmr_expected.json").toFile());
    }

    static List<String> cases() throws IOException {
        List<String> cases = new ArrayList<>();
        expected().fieldNames().forEachRemaining(cases::add);
        return cases;
    }

    /** The values of a case as the other file of the reference has them. */
    private static double[] series(String name) throws IOException {
        return Files.readAllLines(GOLDEN.resolve("series.csv")).stream()
                .map(line -> line.split(",", -1))
                .filter(fields -> fields[0].equals(name))
                .mapToDouble(fields -> Double.parseDouble(fields[3]))
                .toArray();
    }

    @Test
    void referenceHoldsSixteenSeries() throws IOException {
        assertThat(cases()).hasSize(16);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void limitsAndRulesAreThoseOfTheReference(String name) throws IOException {
        JsonNode reference = expected().path(name);
        JsonNode options = reference.path("options");
        double[] values = series(name);
        JsonNode rebased = options.path("rebase_at_index");
        int[] starts = rebased.isNull() ? new int[0] : new int[] {rebased.intValue() - 1};
        assertThat(options.path("fix_after_n_points").isNull()).isTrue();

        List<XmrChart.Point> points = XmrChart.of(
                values,
                starts,
                new XmrChart.Options(options.path("screen_outliers").booleanValue()));

        assertThat(points).hasSize(reference.path("points").size()).hasSize(values.length);
        for (int i = 0; i < points.size(); i++) {
            check(name + " " + (i + 1), points.get(i), reference.path("points").get(i));
        }
    }

    private static void check(String what, XmrChart.Point point, JsonNode expected) {
        XmrChart.Segment segment = point.segment();
        same(what, "value", point.value(), expected);
        same(what, "moving_range", point.movingRange(), expected);
        same(what, "mean", segment.mean(), expected);
        same(what, "avg_mr", segment.movingRange(), expected);
        same(what, "lpl", segment.lower(), expected);
        same(what, "upl", segment.upper(), expected);
        same(what, "near_lower", segment.nearLower(), expected);
        same(what, "near_upper", segment.nearUpper(), expected);
        assertThat(segment.number())
                .as(what)
                .isEqualTo(1 + expected.path("segment").intValue());
        // NHSRplotthedots warns of up to twelve points, we of fewer than twelve (MonthChart)
        assertThat(segment.points() <= 12).as(what).isEqualTo(is(expected, "short_segment"));
        assertThat(point.side()).as(what).isEqualTo(expected.path("side").intValue());
        assertThat(point.isOutside()).as(what + " outside").isEqualTo(is(expected, "rule_outside"));
        assertThat(point.isNear()).as(what + " near").isEqualTo(is(expected, "close_to_limits"));
        assertThat(point.isTrend()).as(what + " trend").isEqualTo(is(expected, "rule_trend7"));
        assertThat(point.isTwoOfThree()).as(what + " two of three").isEqualTo(is(expected, "rule_2of3"));
        assertThat(point.isShift()).as(what + " shift").isEqualTo(is(expected, "rule_shift7"));
        assertThat(LABELS.get(point.signal()))
                .as(what)
                .isEqualTo(expected.path("special_cause_type").asText());
    }

    private static boolean is(JsonNode node, String field) {
        return node.path(field).booleanValue();
    }

    private static void same(String what, String field, @Nullable Double ours, JsonNode expected) {
        JsonNode theirs = expected.path(field);
        if (theirs.isNull()) {
            assertThat(ours).as(what + " " + field).isNull();
            return;
        }
        // nearly all of the reference has fifteen digits
        assertThat(ours)
                .as(what + " " + field)
                .isCloseTo(theirs.doubleValue(), within(1e-9 * Math.max(1, Math.abs(theirs.doubleValue()))));
    }

    private static List<XmrChart.Point> chart(double... values) {
        return XmrChart.of(values, new int[0], XmrChart.Options.DEFAULT);
    }

    private static List<Boolean> shifts(double... values) {
        return chart(values).stream().map(XmrChart.Point::isShift).toList();
    }

    @Test
    void noValuesAreNoPointsAndOneHasNoLimits() {
        assertThat(chart()).isEmpty();
        assertThat(chart(142)).singleElement().satisfies(point -> {
            assertThat(point.segment().lower()).isNull();
            assertThat(point.signal()).isEqualTo(XmrChart.Signal.NONE);
        });
    }

    /** Mean 0, six points above it, one on it, seven below: worked out by hand. */
    @Test
    void pointOnTheMeanBreaksAShift() {
        assertThat(shifts(7, 7, 7, 7, 7, 7, 0, -6, -6, -6, -6, -6, -6, -6))
                .containsExactly(
                        false, false, false, false, false, false, false, true, true, true, true, true, true, true);
    }

    @Test
    void valueThatDiffersByRoundingOnlyIsNeitherOutsideNorOnASide() {
        double[] tenths = new double[14];
        Arrays.fill(tenths, 0.1);

        assertThat(chart(tenths)).allSatisfy(point -> {
            assertThat(point.side()).isZero();
            assertThat(point.signal()).isEqualTo(XmrChart.Signal.NONE);
        });
    }

    @Test
    void noRuleReachesFromOneSegmentIntoTheNext() {
        double[] rising = {1, 2, 3, 4, 5, 6, 7, 8};

        assertThat(XmrChart.of(rising, new int[] {4}, XmrChart.Options.DEFAULT))
                .extracting(XmrChart.Point::isTrend)
                .containsOnly(false);
        assertThat(XmrChart.of(rising, new int[] {1}, XmrChart.Options.DEFAULT))
                .extracting(XmrChart.Point::isTrend)
                .containsExactly(false, true, true, true, true, true, true, true);
    }

    /** Limits of 1, 3, 1, 3: mean 2, ranges 2, so 2 +- 5.32; a run of seven begins anew. */
    @Test
    void laterPointsAreMeasuredAgainstTheLimitsOfASegment() {
        XmrChart.Segment limits = chart(1, 3, 1, 3).get(3).segment();

        List<XmrChart.Point> later = XmrChart.against(limits, 2, new double[] {3, 4, 7.4, 7.2, 3, 3});

        assertThat(later)
                .extracting(XmrChart.Point::signal)
                .containsExactly(
                        XmrChart.Signal.NONE,
                        XmrChart.Signal.NONE,
                        XmrChart.Signal.ABOVE_LIMIT,
                        XmrChart.Signal.NONE,
                        XmrChart.Signal.NONE,
                        XmrChart.Signal.NONE);
        assertThat(later).extracting(XmrChart.Point::movingRange).startsWith(null, 1.0);
        assertThat(later.get(0).segment())
                .isEqualTo(new XmrChart.Segment(
                        2, 6, 2, 2.0, limits.lower(), limits.upper(), limits.nearLower(), limits.nearUpper()));
        assertThat(limits.upper()).isCloseTo(7.32, within(1e-9));
    }

    @Test
    void segmentsThatDoNotAscendAreRejected() {
        assertThatThrownBy(() -> XmrChart.of(new double[3], new int[] {2, 2}, XmrChart.Options.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("segments of 3 points cannot begin at [2, 2]: the positions must ascend, from 1 on");
        assertThatThrownBy(() -> XmrChart.of(new double[3], new int[] {0}, XmrChart.Options.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> XmrChart.of(new double[3], new int[] {4}, XmrChart.Options.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
