package uk.fpw.nightly.bi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.model.CertifiedMetric.Distinct;
import uk.fpw.model.CertifiedMetric.Figure;
import uk.fpw.model.CertifiedMetric.Last;
import uk.fpw.model.CertifiedMetric.OnlyRow;
import uk.fpw.model.CertifiedMetric.Ratio;
import uk.fpw.model.CertifiedMetric.Sum;

/** The SQL of each kind of certified figure. */
class PostgresMetricsTest {

    private static String sql(Figure figure) {
        return figure.in(PostgresMetrics.INSTANCE);
    }

    @Test
    void sumIsNullOverTwoQueuesAndWhereAMonthIsUnknown() {
        assertThat(sql(new Sum("left_count", List.of("queue"))))
                .isEqualTo("CASE WHEN COUNT(DISTINCT queue) = 1 AND COUNT(left_count) = COUNT(*) "
                        + "THEN SUM(left_count) END");
    }

    @Test
    void latestValueIsOfOneSeriesOrOfOnePeriod() {
        assertThat(sql(new Last("waiting", "month", List.of("queue"), List.of("queue"))))
                .isEqualTo("CASE WHEN COUNT(DISTINCT queue) = 1 THEN (ARRAY_AGG(waiting ORDER BY month DESC))[1] END");
        assertThat(sql(new Last("waiting", "month", List.of("queue"), List.of("queue", "slice_value"))))
                .isEqualTo("CASE WHEN COUNT(DISTINCT queue) = 1 AND COUNT(DISTINCT month) = 1 "
                        + "AND COUNT(waiting) = COUNT(*) THEN SUM(waiting) "
                        + "WHEN COUNT(DISTINCT queue) = 1 AND COUNT(DISTINCT slice_value) = 1 "
                        + "THEN (ARRAY_AGG(waiting ORDER BY month DESC))[1] END");
    }

    @Test
    void rowIsShownAlone() {
        assertThat(sql(new OnlyRow("median_days"))).isEqualTo("CASE WHEN COUNT(*) = 1 THEN MAX(median_days) END");
    }

    @Test
    void thingsAreCountedOnce() {
        assertThat(sql(new Distinct("change", ""))).isEqualTo("COUNT(DISTINCT change)");
        assertThat(sql(new Distinct("recommendation", "is_overdue")))
                .isEqualTo("COUNT(DISTINCT CASE WHEN is_overdue THEN recommendation END)");
    }

    @Test
    void shareIsASumBySum() {
        assertThat(sql(new Ratio(List.of("met", "unknown"), List.of("due"), List.of("standard"))))
                .isEqualTo("CASE WHEN COUNT(DISTINCT standard) = 1 AND COUNT(met) = COUNT(*) "
                        + "AND COUNT(unknown) = COUNT(*) AND COUNT(due) = COUNT(*) "
                        + "THEN 1.0 * (SUM(met) + SUM(unknown)) / NULLIF(SUM(due), 0) END");
    }
}
