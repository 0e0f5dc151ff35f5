package uk.fpw.statistics.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of any observations: tried on random ones with ties, late entry and three reasons. */
class LifeTableTest {

    private static final List<String> REASONS = List.of("examined", "rejected", "withdrawn");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void orderAndAggregationOfTheObservationsDoNotMatter(long seed) {
        List<Observation> single = random(seed);
        List<Observation> aggregated =
                single.stream()
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(same -> new Observation(
                                same.getKey().start(),
                                same.getKey().stop(),
                                same.getKey().reason(),
                                same.getValue()))
                        .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(aggregated, new Random(seed));
        assertThat(WaitCurve.of(Observation.table(aggregated), REASONS))
                .isEqualTo(WaitCurve.of(Observation.table(single), REASONS));
        assertThat(WaitSummary.of(Observation.table(aggregated))).isEqualTo(WaitSummary.of(Observation.table(single)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void atRiskAreThoseObservedOnTheDay(long seed) {
        List<Observation> single = random(seed);
        LifeTable table = Observation.table(single);
        for (int day = 0; day <= 45; day++) {
            int t = day;
            assertThat(table.atRisk(day))
                    .as("at risk on day %s", day)
                    .isEqualTo(single.stream()
                            .filter(one -> one.start() + 1 <= t && t <= one.stop())
                            .count());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void sharesOfTheReasonsAddUpAndTheirVarianceIsTheDoubleSum(long seed) {
        LifeTable table = Observation.table(random(seed));
        CumulativeIncidence incidence = CumulativeIncidence.of(table, REASONS);
        SurvivalCurve curve = SurvivalCurve.of(table);
        for (int i = 0; i < table.size(); i++) {
            double time = table.time(i);
            double sum = REASONS.stream()
                    .mapToDouble(reason -> incidence.at(reason, time).share())
                    .sum();
            assertThat(sum)
                    .as("shares by %s", time)
                    .isCloseTo(1 - curve.at(time).share(), within(1e-12));
            for (String reason : REASONS) {
                assertThat(incidence.at(reason, time).standardError())
                        .as("%s by %s", reason, time)
                        .isCloseTo(Math.sqrt(variance(table, incidence, curve, reason, time)), within(1e-9));
            }
        }
    }

    /** {@code sum S(u-)^2/n {sum_j p_j g_j^2 - (sum_j p_j g_j)^2}}, as written. */
    private static double variance(
            LifeTable table, CumulativeIncidence incidence, SurvivalCurve curve, String reason, double time) {
        double sum = 0;
        double before = 1;
        for (int i = 0; i < table.size() && table.time(i) <= time; i++) {
            double after = curve.at(table.time(i)).share();
            if (table.leftAt(i) > 0) {
                double q = after == 0
                        ? 0
                        : (incidence.at(reason, time).share()
                                        - incidence.at(reason, table.time(i)).share())
                                / after;
                double squares = 0;
                double mean = 0;
                for (String other : REASONS) {
                    long[] left = table.leftFor(other);
                    double p = left == null ? 0 : (double) left[i] / table.atRiskAt(i);
                    double g = (other.equals(reason) ? 1 : 0) - q;
                    squares += p * g * g;
                    mean += p * g;
                }
                sum += before * before / table.atRiskAt(i) * (squares - mean * mean);
            }
            before = after;
        }
        return Math.max(sum, 0);
    }

    @Test
    void reasonOutsideTheDefinitionIsRefused() {
        LifeTable table = Observation.table(List.of(Observation.ofDays(0, 4, "lost", 1)));
        assertThatThrownBy(() -> WaitCurve.of(table, REASONS))
                .hasMessage("items left as 'lost', which is not among the reasons of the queue definition"
                        + " [examined, rejected, withdrawn]; recompute core.spell with this definition");
    }

    /** Few days, so that entries, exits and censorings meet on them. */
    private static List<Observation> random(long seed) {
        Random random = new Random(seed);
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int first = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
            int outcome = random.nextInt(4);
            observations.add(Observation.ofDays(
                    first, first + random.nextInt(20), outcome == 3 ? null : REASONS.get(outcome), 1));
        }
        return observations;
    }
}
