package uk.fpw.audit.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.fpw.audit.session.QueryRow;
import uk.fpw.audit.session.RecomputedMart;
import uk.fpw.model.Models;

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

        Map<String, Double> figures =
                StatisticSource.of(mart).figures().apply(isOfWaits ? ONE_WAIT : List.of(ONE_OF_EACH_COUNT));

        assertThat(figures).containsKeys(mart.statistics().toArray(String[]::new));
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
