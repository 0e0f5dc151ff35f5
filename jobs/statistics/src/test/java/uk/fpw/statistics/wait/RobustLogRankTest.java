package uk.fpw.statistics.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference is R's robust score test with Breslow's likelihood, by {@code golden/cluster/reference.R}. */
class RobustLogRankTest {

    private static final List<String> GROUPS = List.of("before", "after");

    /** An item of a contributor, in one group and stratum. */
    private record Item(int contributor, int group, int stratum, int firstDay, int exitDay, boolean isLeft) {}

    private static List<Item> of(String dataset, boolean isStratified) {
        List<Map<String, String>> rows = Golden.csv("../cluster/" + dataset + ".csv");
        List<String> strata = rows.stream()
                .map(row -> Golden.field(row, "stratum"))
                .distinct()
                .toList();
        return rows.stream()
                .map(row -> new Item(
                        (int) Golden.number(row, "contributor"),
                        GROUPS.indexOf(Golden.field(row, "group")),
                        isStratified ? strata.indexOf(Golden.field(row, "stratum")) : 0,
                        (int) Golden.number(row, "first_day"),
                        (int) Golden.number(row, "exit_day"),
                        !Golden.field(row, "reason").isEmpty()))
                .toList();
    }

    private static List<List<LifeTable>> tables(List<Item> items) {
        List<List<LifeTable>> strata = new ArrayList<>();
        int last = items.stream().mapToInt(Item::stratum).max().orElseThrow();
        for (int stratum = 0; stratum <= last; stratum++) {
            List<LifeTable> groups = new ArrayList<>();
            for (int group = 0; group < 2; group++) {
                LifeTable.Builder table = new LifeTable.Builder();
                for (Item item : items) {
                    if (item.group == group && item.stratum == stratum) {
                        table.enter(item.firstDay - 1.0, 1);
                        if (item.isLeft) {
                            table.leave(item.exitDay, "left", 1);
                        } else {
                            table.censor(item.exitDay, 1);
                        }
                    }
                }
                groups.add(table.build());
            }
            strata.add(groups);
        }
        return strata;
    }

    private static LogRankSums sums(List<Item> items) {
        LogRankSums sums = new LogRankSums(LogRankWeights.of(tables(items)));
        byContributor(items).forEach(sums::add);
        return sums;
    }

    private static List<ComparedWaits> byContributor(List<Item> items) {
        TreeMap<Integer, ComparedWaits> all = new TreeMap<>();
        for (Item item : items) {
            all.computeIfAbsent(item.contributor, any -> new ComparedWaits())
                    .addItem()
                    .addPart(item.group, item.stratum, item.firstDay, item.exitDay, item.isLeft);
        }
        return new ArrayList<>(all.values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cases", "kidney"})
    void testOfADatasetEqualsTheReference(String dataset) {
        SoftAssertions softly = new SoftAssertions();
        for (boolean isStratified : List.of(false, true)) {
            LogRankSums sums = sums(of(dataset, isStratified));
            String field = isStratified ? "robust_score_within_strata" : "robust_score";
            double expected = Golden.json("../cluster/" + dataset + "_expected.json")
                    .get(field)
                    .doubleValue();
            Golden.same(softly, dataset + " " + field, expected, sums.chiSquare());
            Golden.same(
                    softly,
                    dataset + " p of " + field,
                    ChiSquaredDistribution.of(1).survivalProbability(expected),
                    Math.pow(10, sums.log10P()));
            softly.assertThat(sums.isRobustNeeded()).isTrue();
        }
        softly.assertAll();
    }

    /** Cases 7 and 12 of the reference have devices in both groups. */
    @Test
    void contributorOfBothGroupsIsOneOfEach() {
        List<Item> items = of("cases", false);
        LogRankSums sums = sums(items);
        long inFirst = items.stream()
                .filter(item -> item.group == 0)
                .map(Item::contributor)
                .distinct()
                .count();
        assertThat(sums.contributors(0)).isEqualTo(inFirst);
        assertThat(sums.contributors(0) + sums.contributors(1))
                .isGreaterThan(items.stream().map(Item::contributor).distinct().count());
    }

    /**
     * By hand: two cases before, of devices that left on days 1 and 2; two after, on days 2 and 3. On day 1 one of four
     * leaves, two of which are of before; on day 2 two of three, one of them of before; on day 3 only after waits.
     * Observed less expected of before is 2 - (1/2 + 2/3) = 5/6. The first device does (1 - 1/2)(1 - 1/4) = 3/8 to it;
     * the second (1/2)(-1/4) + (2/3)(1 - 2/3) = 7/72; the third (-1/2)(-1/4) + (-1/3)(1 - 2/3) = 1/72; the fourth
     * (-1/2)(-1/4) + (-1/3)(-2/3) = 25/72, and nothing on day 3. They add up to 5/6.
     */
    @Test
    void fourDevicesByHand() {
        List<Item> items = List.of(
                new Item(1, 0, 0, 0, 1, true),
                new Item(2, 0, 0, 0, 2, true),
                new Item(3, 1, 0, 0, 2, true),
                new Item(4, 1, 0, 0, 3, true));
        LogRankSums sums = sums(items);
        double variance = (27 * 27 + 7 * 7 + 1 + 25 * 25) / (72.0 * 72);
        assertThat(sums.variance()).isCloseTo(variance, within(1e-12));
        assertThat(sums.chiSquare()).isCloseTo(25 / 36.0 / variance, within(1e-10));
        assertThat(sums.isRobustNeeded()).isFalse();

        // the first two of one case, and the last two
        List<Item> ofTwoCases = items.stream()
                .map(item -> new Item(
                        (item.contributor + 1) / 2, item.group, item.stratum, item.firstDay, item.exitDay, true))
                .toList();
        LogRankSums clustered = sums(ofTwoCases);
        assertThat(clustered.variance()).isCloseTo((34 * 34 + 26 * 26) / (72.0 * 72), within(1e-12));
        assertThat(clustered.isRobustNeeded()).isTrue();
        assertThat(clustered.contributors(0)).isEqualTo(1);
    }

    /** An item at risk in one window and then in the next is two parts of one item. */
    @Test
    void itemInTwoPartsIsOneItem() {
        LifeTable.Builder before = new LifeTable.Builder();
        before.enter(-1, 2);
        before.censor(4, 1);
        before.leave(5, "left", 1);
        LifeTable.Builder after = new LifeTable.Builder();
        after.enter(4, 1);
        after.leave(7, "left", 1);
        after.enter(-1, 1);
        after.leave(6, "left", 1);
        LogRankSums sums = new LogRankSums(LogRankWeights.of(List.of(List.of(before.build(), after.build()))));
        ComparedWaits waits = new ComparedWaits();
        sums.add(waits.addItem().addPart(0, 0, 0, 4, false).addPart(1, 0, 5, 7, true));
        sums.add(waits.clear().addItem().addPart(0, 0, 0, 5, true));
        assertThat(sums.add(waits.clear().addItem().addPart(1, 0, 0, 6, true)).isRobustNeeded())
                .isFalse();
        assertThat(List.of(sums.contributors(0), sums.contributors(1))).containsExactly(2L, 2L);
        // on day 5 three are at risk, one of them of before: 1 - 1/3; what is left of the items does 2/9 each
        assertThat(sums.variance()).isCloseTo(Math.pow(2 / 3.0 * 2 / 3.0, 2) + 2 * Math.pow(1 / 9.0, 2), within(1e-12));
    }

    @Test
    void orderOfItemsAndTasksChangesNothing() {
        List<Item> items = new ArrayList<>(of("cases", true));
        double expected = sums(items).variance();
        Random random = new Random(20151231L);
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(items, random);
            LogRankWeights weights = LogRankWeights.of(tables(items));
            LogRankSums one = new LogRankSums(weights);
            LogRankSums other = new LogRankSums(weights);
            List<ComparedWaits> contributors = byContributor(items);
            Collections.shuffle(contributors, random);
            contributors.forEach(waits -> (random.nextBoolean() ? one : other).add(waits));
            assertThat(one.add(other).variance()).isEqualTo(expected);
        }
    }

    @Test
    void withoutVarianceThereIsNoTest() {
        List<Item> items = List.of(new Item(1, 0, 0, 0, 1, true), new Item(2, 1, 0, 5, 6, true));
        assertThat(sums(items).chiSquare()).isNaN();
        assertThatThrownBy(() -> new ComparedWaits().addPart(0, 0, 0, 1, true)).hasMessageContaining("of item 0");
        LifeTable table = new LifeTable.Builder().build();
        assertThatThrownBy(() -> LogRankWeights.of(List.of(List.of(table, table, table))))
                .hasMessage("the robust log-rank test compares two groups, not 3");
    }
}
