package uk.fpw.audit.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.fpw.audit.session.QueryRow;
import uk.fpw.audit.session.RecomputedMart;
import uk.fpw.model.Models;
import uk.fpw.statistics.wait.ContributorWaits;
import uk.fpw.statistics.wait.CurveVariance;
import uk.fpw.statistics.wait.InfluenceSums;
import uk.fpw.statistics.wait.InfluenceWeights;
import uk.fpw.statistics.wait.LifeTable;
import uk.fpw.statistics.wait.WaitSummary;

/** The classes that compute statistics again. */
class StatisticSourceTest {

    private static final List<QueryRow> ONE_WAIT = Stream.of("entered", "left")
            .map(observed -> new QueryRow(List.of("work", "all", "all", "all", "first entries", 4, observed, 1L)))
            .toList();

    private static final QueryRow ONE_OF_EACH_COUNT =
            new QueryRow(List.of("work", "all", "all", "all", "2015-10", 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L));

    static List<RecomputedMart> marts() {
        return RecomputedMart.all();
    }

    /** Otherwise no statistic of that table would be explained in any release. */
    @ParameterizedTest
    @MethodSource("marts")
    void everyStatisticThatIsToBeRecomputedIsComputed(RecomputedMart mart) {
        boolean isOfWaits = mart.model().name().equals("wait_summary");

        StatisticSource.Cohort cohort = StatisticSource.of(mart).cohort().get();
        (isOfWaits ? ONE_WAIT : List.of(ONE_OF_EACH_COUNT)).forEach(row -> cohort.add(0, row));

        assertThat(cohort.figures()).containsKeys(mart.statistics().toArray(String[]::new));
    }

    /** 74 cases with one device that left on its fourth day, and 76 with two, one of which has waited two days more. */
    @Test
    void intervalsOfWaitsAreComputedByContributor() {
        StatisticSource.Cohort cohort = StatisticSource.of(RecomputedMart.all().stream()
                        .filter(mart -> mart.model().name().equals("wait_summary"))
                        .findFirst()
                        .orElseThrow())
                .cohort()
                .get();
        cohort.add(0, row(0, "entered", 226L));
        cohort.add(0, row(4, "left", 150L));
        cohort.add(0, row(6, "waiting", 76L));
        cohort.add(1, row("0 4 1", 74L));
        cohort.add(1, row("0 4 1,0 6 0", 76L));
        LifeTable.Builder table = new LifeTable.Builder();
        table.enter(-1, 226);
        table.leave(4, "left", 150);
        table.censor(6, 76);
        InfluenceSums sums = new InfluenceSums(InfluenceWeights.of(table.build(), List.of(), 365));
        for (int i = 0; i < 150; i++) {
            ContributorWaits waits = new ContributorWaits().add(0, 4, 0);
            sums.add(i < 74 ? waits : waits.add(0, 6, ContributorWaits.STILL_WAITING));
        }

        assertThat(cohort.figures())
                .isEqualTo(WaitSummary.of(table.build(), CurveVariance.of(sums)).figures())
                .doesNotContainEntry("restricted_mean_standard_error", null);
    }

    @Test
    void thereAreNoIntervalsOfAFewContributors() {
        StatisticSource.Cohort cohort = StatisticSource.of(RecomputedMart.all().stream()
                        .filter(mart -> mart.model().name().equals("wait_summary"))
                        .findFirst()
                        .orElseThrow())
                .cohort()
                .get();
        cohort.add(0, row(0, "entered", 29L));
        cohort.add(0, row(4, "left", 29L));
        cohort.add(1, row("0 4 1", 29L));

        assertThat(cohort.figures())
                .containsEntry("median_days", 4.0)
                .containsEntry("median_low_days", null)
                .containsEntry("restricted_mean_standard_error", null);
    }

    private static QueryRow row(Object... values) {
        return new QueryRow(Stream.concat(Stream.of("work", "all", "all", "all", "first entries"), Stream.of(values))
                .toList());
    }

    @Test
    void tableThatNoClassComputesAgainIsRefused() {
        RecomputedMart months =
                new RecomputedMart(Models.find("mart.queue_monthly").orElseThrow());

        assertThatThrownBy(() -> StatisticSource.of(months))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mart.queue_monthly.yml says of a figure that its changes are explained by recomputing it, "
                        + "but no class computes the table again; add it here");
    }
}
