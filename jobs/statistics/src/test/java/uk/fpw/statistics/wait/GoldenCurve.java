package uk.fpw.statistics.wait;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;

/** Compares a curve with a block of the reference. */
public final class GoldenCurve {

    private GoldenCurve() {}

    /** Steps: {@code time, n_risk, n_event, n_censor, surv, se_surv, loglog_lower, loglog_upper}. */
    public static void steps(SoftAssertions softly, String name, JsonNode expected, List<SurvivalCurve.Step> steps) {
        softly.assertThat(steps).as(name + ": steps").hasSize(expected.size());
        for (int i = 0; i < Math.min(expected.size(), steps.size()); i++) {
            JsonNode row = expected.get(i);
            SurvivalCurve.Step step = steps.get(i);
            String at = name + " at " + row.get("time") + ": ";
            softly.assertThat(step.time())
                    .as(at + "time")
                    .isEqualTo(row.get("time").doubleValue());
            softly.assertThat(step.atRisk())
                    .as(at + "n_risk")
                    .isEqualTo(row.get("n_risk").longValue());
            softly.assertThat(step.left())
                    .as(at + "n_event")
                    .isEqualTo(row.get("n_event").longValue());
            softly.assertThat(step.censored())
                    .as(at + "n_censor")
                    .isEqualTo(row.get("n_censor").longValue());
            point(
                    softly,
                    at,
                    step.point(),
                    Golden.numberOrNull(row.get("surv")),
                    Golden.numberOrNull(row.get("se_surv")),
                    Golden.numberOrNull(row.get("loglog_lower")),
                    Golden.numberOrNull(row.get("loglog_upper")));
        }
    }

    /** Steps of {@code lung_curve_all.csv} and the like. */
    public static void datasetSteps(
            SoftAssertions softly, String dataset, String stratum, List<SurvivalCurve.Step> steps) {
        List<Map<String, String>> expected =
                Golden.csv(dataset + "_curve_" + (stratum.equals("all") ? "all" : "by_group") + ".csv").stream()
                        .filter(row -> Golden.field(row, "conf_type").equals("log-log")
                                && Golden.field(row, "stratum").equals(stratum))
                        .toList();
        softly.assertThat(steps).as(dataset + " " + stratum + ": steps").hasSize(expected.size());
        for (int i = 0; i < Math.min(expected.size(), steps.size()); i++) {
            Map<String, String> row = expected.get(i);
            SurvivalCurve.Step step = steps.get(i);
            String at = dataset + " " + stratum + " at " + row.get("time") + ": ";
            softly.assertThat(step.time()).as(at + "time").isEqualTo(Golden.number(row, "time"));
            softly.assertThat((double) step.atRisk()).as(at + "n_risk").isEqualTo(Golden.number(row, "n_risk"));
            softly.assertThat((double) step.left()).as(at + "n_event").isEqualTo(Golden.number(row, "n_event"));
            softly.assertThat((double) step.censored()).as(at + "n_censor").isEqualTo(Golden.number(row, "n_censor"));
            point(
                    softly,
                    at,
                    step.point(),
                    Golden.numberOrNull(Golden.field(row, "surv")),
                    Golden.numberOrNull(Golden.field(row, "se_surv")),
                    Golden.numberOrNull(Golden.field(row, "lower")),
                    Golden.numberOrNull(Golden.field(row, "upper")));
        }
    }

    public static void point(
            SoftAssertions softly,
            String at,
            SurvivalCurve.Point point,
            @Nullable Double share,
            @Nullable Double standardError,
            @Nullable Double low,
            @Nullable Double high) {
        Golden.same(softly, at + "surv", share, point.share());
        Golden.same(softly, at + "se_surv", standardError, point.standardError());
        Golden.same(softly, at + "loglog_lower", low, point.low());
        Golden.same(softly, at + "loglog_upper", high, point.high());
    }

    /** Block with {@code n, events, max_time, last_surv, rmst, quantile_*, at, ci_loglog}. */
    public static void summary(SoftAssertions softly, String name, JsonNode expected, LifeTable table) {
        SurvivalCurve curve = SurvivalCurve.of(table);
        softly.assertThat(table.count())
                .as(name + ": n")
                .isEqualTo(expected.get("n").longValue());
        softly.assertThat(table.leftCount())
                .as(name + ": events")
                .isEqualTo(expected.get("events").longValue());
        softly.assertThat(table.lastTime())
                .as(name + ": max_time")
                .isEqualTo(expected.get("max_time").doubleValue());
        JsonNode ends = expected.get("last_surv");
        Golden.same(
                softly,
                name + ": last_surv",
                ends.doubleValue(),
                curve.at(table.lastTime()).share());
        quantiles(softly, name, expected, curve::quantile);
        times(softly, name, expected, table, curve);
        JsonNode rmst = expected.get("rmst");
        SurvivalCurve.RestrictedMean mean = curve.restrictedMean(rmst.get("tau").doubleValue());
        Golden.same(softly, name + ": rmst", rmst.get("rmst").doubleValue(), mean.mean());
        Golden.same(softly, name + ": rmst se", rmst.get("se").doubleValue(), mean.standardError());
        softly.assertThat(mean.isHorizonBeyondFollowUp())
                .as(name + ": tau_beyond_follow_up")
                .isEqualTo(rmst.get("tau_beyond_follow_up").booleanValue());
    }

    public static void quantiles(
            SoftAssertions softly, String name, JsonNode expected, DoubleFunction<SurvivalCurve.Quantile> quantiles) {
        JsonNode ci = expected.get("ci_loglog");
        for (int i = 0; i < expected.get("quantile_p").size(); i++) {
            double p = expected.get("quantile_p").get(i).doubleValue();
            SurvivalCurve.Quantile quantile = quantiles.apply(p);
            String at = name + ": quantile " + p;
            Golden.same(
                    softly,
                    at,
                    Golden.numberOrNull(expected.get("quantile_midpoint").get(i)),
                    quantile.value());
            Golden.same(
                    softly,
                    at + " low",
                    Golden.numberOrNull(ci.get("q_lower_midpoint").get(i)),
                    quantile.low());
            Golden.same(
                    softly,
                    at + " high",
                    Golden.numberOrNull(ci.get("q_upper_midpoint").get(i)),
                    quantile.high());
        }
    }

    private static void times(
            SoftAssertions softly, String name, JsonNode expected, LifeTable table, SurvivalCurve curve) {
        JsonNode times = expected.get("at");
        JsonNode ci = expected.get("ci_loglog");
        for (int i = 0; i < times.get("time").size(); i++) {
            double time = times.get("time").get(i).doubleValue();
            String at = name + " at " + time + ": ";
            softly.assertThat(table.atRisk(time))
                    .as(at + "n_risk")
                    .isEqualTo(times.get("n_risk").get(i).longValue());
            // Before the first time R prints the interval [1, 1], afterwards NA where S = 1; here it is null wherever S
            // = 1.
            boolean isOne = times.get("surv").get(i).doubleValue() == 1;
            point(
                    softly,
                    at,
                    curve.at(time),
                    Golden.numberOrNull(times.get("surv").get(i)),
                    Golden.numberOrNull(times.get("se_surv").get(i)),
                    isOne ? null : Golden.numberOrNull(ci.get("at_lower").get(i)),
                    isOne ? null : Golden.numberOrNull(ci.get("at_upper").get(i)));
        }
    }
}
