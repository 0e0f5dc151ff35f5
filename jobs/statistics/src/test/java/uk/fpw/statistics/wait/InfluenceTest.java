package uk.fpw.statistics.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Variances by contributor. The references are R's, by {@code golden/cluster/reference.R}, which says where they are
 * not simply what {@code survfit} prints.
 */
class InfluenceTest {

    private static final List<String> REASONS = List.of("examined", "returned", "withdrawn");

    /** An item of a contributor. */
    record Item(
            int contributor,
            int firstDay,
            int exitDay,
            @Nullable String reason) {

        int reasonPosition() {
            return reason == null ? ContributorWaits.STILL_WAITING : REASONS.indexOf(reason);
        }

        static List<Item> of(String dataset) {
            return Golden.csv("../cluster/" + dataset + ".csv").stream()
                    .map(row -> new Item(
                            (int) Golden.number(row, "contributor"),
                            (int) Golden.number(row, "first_day"),
                            (int) Golden.number(row, "exit_day"),
                            Golden.field(row, "reason").isEmpty() ? null : Golden.field(row, "reason")))
                    .toList();
        }

        static LifeTable table(List<Item> items) {
            return Observation.table(items.stream()
                    .map(item -> Observation.ofDays(item.firstDay, item.exitDay, item.reason, 1))
                    .toList());
        }

        static List<ContributorWaits> byContributor(List<Item> items) {
            TreeMap<Integer, ContributorWaits> all = new TreeMap<>();
            for (Item item : items) {
                all.computeIfAbsent(item.contributor, any -> new ContributorWaits())
                        .add(item.firstDay, item.exitDay, item.reasonPosition());
            }
            return new ArrayList<>(all.values());
        }

        static InfluenceSums sums(List<Item> items, double horizon) {
            InfluenceSums sums = new InfluenceSums(InfluenceWeights.of(table(items), REASONS, horizon));
            byContributor(items).forEach(sums::add);
            return sums;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cases", "kidney"})
    void figuresOfADatasetEqualTheReference(String dataset) {
        JsonNode expected = Golden.json("../cluster/" + dataset + "_expected.json");
        List<Item> items = Item.of(dataset);
        LifeTable table = Item.table(items);
        double horizon = expected.get("horizon").doubleValue();
        InfluenceSums sums = Item.sums(items, horizon);
        SurvivalCurve curve = SurvivalCurve.of(table, sums);
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(curve.steps()).hasSize(expected.get("time").size());
        for (int i = 0; i < expected.get("time").size(); i++) {
            double day = expected.get("time").get(i).doubleValue();
            SurvivalCurve.Point point = curve.at(day);
            String at = dataset + " on day " + day + ": ";
            Golden.same(
                    softly, at + "share", expected.get("still_waiting").get(i).doubleValue(), point.share());
            if (point.share() > 0) {
                // R says 0 where nobody waits any more, which it does not know
                Golden.same(
                        softly,
                        at + "error",
                        expected.get("standard_error").get(i).doubleValue(),
                        point.standardError());
            }
            Golden.same(
                    softly, at + "low", Golden.numberOrNull(expected.get("low").get(i)), point.low());
            Golden.same(
                    softly,
                    at + "high",
                    Golden.numberOrNull(expected.get("high").get(i)),
                    point.high());
        }
        for (int q = 0; q < WaitSummary.SHARES.size(); q++) {
            SurvivalCurve.Quantile quantile = curve.quantile(WaitSummary.SHARES.get(q));
            String name = dataset + ", quantile " + WaitSummary.SHARES.get(q);
            Golden.same(
                    softly, name, Golden.numberOrNull(expected.get("quantile").get(q)), quantile.value());
            Golden.same(
                    softly,
                    name + " low",
                    Golden.numberOrNull(expected.get("quantile_low").get(q)),
                    quantile.low());
            Golden.same(
                    softly,
                    name + " high",
                    Golden.numberOrNull(expected.get("quantile_high").get(q)),
                    quantile.high());
        }
        SurvivalCurve.RestrictedMean mean = curve.restrictedMean(horizon);
        Golden.same(softly, dataset + " mean", expected.get("restricted_mean").doubleValue(), mean.mean());
        Golden.same(
                softly,
                dataset + " error of the mean",
                expected.get("restricted_mean_standard_error").doubleValue(),
                mean.standardError());
        CumulativeIncidence incidence = CumulativeIncidence.of(table, REASONS, sums);
        for (String reason : table.reasons()) {
            for (int i = 0; i < expected.get("share_time").size(); i++) {
                double day = expected.get("share_time").get(i).doubleValue();
                CumulativeIncidence.Point point = incidence.at(reason, day);
                String at = dataset + " on day " + day + ", " + reason;
                Golden.same(softly, at, expected.get("share_" + reason).get(i).doubleValue(), point.share());
                Golden.same(
                        softly,
                        at + " error",
                        expected.get("share_standard_error_" + reason).get(i).doubleValue(),
                        point.standardError());
            }
        }
        softly.assertAll();
    }

    /** Every contributor has one item, which is observed from its entry on: the classical variances. */
    @Test
    void independentItemsWithoutLateEntryHaveGreenwoodsVariance() {
        List<Item> items = randomItems(new Random(20151231L), 400, 1, false);
        LifeTable table = Item.table(items);
        InfluenceSums sums = Item.sums(items, WaitSummary.HORIZON_DAYS);
        SoftAssertions softly = new SoftAssertions();
        SurvivalCurve plain = SurvivalCurve.of(table);
        SurvivalCurve robust = SurvivalCurve.of(table, sums);
        CumulativeIncidence plainShares = CumulativeIncidence.of(table, REASONS);
        CumulativeIncidence robustShares = CumulativeIncidence.of(table, REASONS, sums);
        for (SurvivalCurve.Step step : plain.steps()) {
            String at = "day " + step.time();
            SurvivalCurve.Point point = robust.at(step.time());
            Golden.same(softly, at, step.point().standardError(), point.standardError());
            Golden.same(softly, at, step.point().low(), point.low());
            Golden.same(softly, at, step.point().high(), point.high());
            for (String reason : REASONS) {
                Golden.same(
                        softly,
                        at + " " + reason,
                        plainShares.at(reason, step.time()).standardError(),
                        robustShares.at(reason, step.time()).standardError());
            }
        }
        Golden.same(
                softly,
                "mean",
                plain.restrictedMean(WaitSummary.HORIZON_DAYS).standardError(),
                robust.restrictedMean(WaitSummary.HORIZON_DAYS).standardError());
        softly.assertAll();
        assertThat(sums.contributors()).isEqualTo(400);
    }

    /** The definition: a contributor's items counted a little more and a little less, and the difference. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void variancesAreThoseOfTheirDefinition(int seed) {
        List<Item> items = randomItems(new Random(seed), 40, 6, true);
        LifeTable table = Item.table(items);
        double horizon = 45;
        InfluenceSums sums = Item.sums(items, horizon);
        double[] logVariances = sums.logVariances();
        double[][] shareVariances = new double[REASONS.size()][];
        for (int k = 0; k < REASONS.size(); k++) {
            shareVariances[k] = sums.shareVariances(k);
        }
        int size = table.size();
        double[] expected = new double[size * (1 + REASONS.size()) + 1];
        for (int contributor = 0; contributor < 40; contributor++) {
            double step = 1e-4;
            double[] more = weighted(items, table, contributor, 1 + step, horizon);
            double[] less = weighted(items, table, contributor, 1 - step, horizon);
            for (int i = 0; i < expected.length; i++) {
                double slope = (more[i] - less[i]) / (2 * step);
                expected[i] += slope * slope;
            }
        }
        double[] shares = weighted(items, table, -1, 1, horizon);
        for (int i = 0; i < size; i++) {
            assertThat(Math.sqrt(logVariances[i]) * shares[i])
                    .as("%s", table.time(i))
                    .isCloseTo(Math.sqrt(expected[i]), within(1e-7));
            for (int k = 0; k < REASONS.size(); k++) {
                assertThat(Math.sqrt(shareVariances[k][i]))
                        .isCloseTo(Math.sqrt(expected[size * (1 + k) + i]), within(1e-7));
            }
        }
        assertThat(Math.sqrt(sums.restrictedMeanVariance(horizon)))
                .isCloseTo(Math.sqrt(expected[expected.length - 1]), within(1e-6));
    }

    /** Share still waiting, shares by reason, restricted mean. */
    private static double[] weighted(
            List<Item> items, LifeTable table, int contributor, double weight, double horizon) {
        int size = table.size();
        double[] figures = new double[size * (1 + REASONS.size()) + 1];
        double still = 1;
        double area = 0;
        double[] shares = new double[REASONS.size()];
        for (int i = 0; i < size; i++) {
            double day = table.time(i);
            double atRisk = 0;
            double[] left = new double[REASONS.size()];
            for (Item item : items) {
                double one = item.contributor == contributor ? weight : 1;
                if (item.firstDay <= day && day <= item.exitDay) {
                    atRisk += one;
                    if (item.exitDay == day && item.reason != null) {
                        left[item.reasonPosition()] += one;
                    }
                }
            }
            double all = 0;
            for (int k = 0; k < left.length; k++) {
                shares[k] += still * left[k] / atRisk;
                figures[size * (1 + k) + i] = shares[k];
                all += left[k];
            }
            still *= 1 - all / atRisk;
            figures[i] = still;
            double next = i + 1 < size ? table.time(i + 1) : Double.POSITIVE_INFINITY;
            area += still * Math.max(0, Math.min(next, horizon) - Math.min(day, horizon));
        }
        figures[figures.length - 1] = area + Math.min(table.time(0), horizon);
        return figures;
    }

    static List<Item> randomItems(Random random, int contributors, int most, boolean isLate) {
        List<Item> items = new ArrayList<>();
        for (int contributor = 0; contributor < contributors; contributor++) {
            int shared = random.nextInt(60);
            int number = 1 + random.nextInt(most);
            for (int i = 0; i < number; i++) {
                int exit = random.nextBoolean() ? shared : random.nextInt(60);
                int first = isLate && random.nextBoolean() ? random.nextInt(exit + 1) : 0;
                items.add(new Item(
                        contributor, first, exit, random.nextInt(4) == 0 ? null : REASONS.get(random.nextInt(3))));
            }
        }
        return items;
    }

    /** To the last bit, so that no night differs by how the work was divided. */
    @Test
    void orderOfItemsContributorsAndTasksChangesNothing() {
        Random random = new Random(20151231L);
        List<Item> items = new ArrayList<>(randomItems(random, 200, 10, true));
        InfluenceSums expected = Item.sums(items, 45);
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(items, random);
            InfluenceWeights weights = InfluenceWeights.of(Item.table(items), REASONS, 45);
            List<InfluenceSums> tasks = new ArrayList<>(
                    List.of(new InfluenceSums(weights), new InfluenceSums(weights), new InfluenceSums(weights)));
            List<ContributorWaits> contributors = Item.byContributor(items);
            Collections.shuffle(contributors, random);
            contributors.forEach(one -> tasks.get(random.nextInt(3)).add(one));
            InfluenceSums sums = tasks.get(2).add(tasks.get(0)).add(tasks.get(1));
            assertThat(sums.logVariances()).containsExactly(expected.logVariances());
            assertThat(sums.shareVariances(1)).containsExactly(expected.shareVariances(1));
            assertThat(sums.restrictedMeanVariance(45)).isEqualTo(expected.restrictedMeanVariance(45));
            assertThat(sums.contributors()).isEqualTo(expected.contributors());
        }
    }

    @Test
    void sumsOfAnotherCurveAreRefused() {
        List<Item> items = List.of(new Item(1, 0, 3, "examined"), new Item(2, 0, 5, null));
        InfluenceSums sums = Item.sums(items, 45);
        assertThatThrownBy(() -> SurvivalCurve.of(Item.table(items.subList(0, 1)), sums))
                .hasMessage("the sums are of a curve of 2 items with 2 times, not of 1 with 1");
        assertThatThrownBy(() -> SurvivalCurve.of(Item.table(items), sums).restrictedMean(365))
                .hasMessage("the variance is that of a mean up to 45.0, not 365.0");
        assertThatThrownBy(() -> sums.add(new ContributorWaits().add(0, 4, 0)))
                .hasMessageContaining("both passes must see the same");
        assertThatThrownBy(() -> new ContributorWaits().add(3, 2, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(sums.add(new ContributorWaits()).contributors()).isEqualTo(2);
    }
}
