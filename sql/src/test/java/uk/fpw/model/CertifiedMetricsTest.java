package uk.fpw.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.model.CertifiedMetric.Distinct;
import uk.fpw.model.CertifiedMetric.Last;
import uk.fpw.model.CertifiedMetric.OnlyRow;
import uk.fpw.model.CertifiedMetric.Ratio;
import uk.fpw.model.CertifiedMetric.Sum;

/** Which figures of a view are certified, and how each is computed. */
class CertifiedMetricsTest {

    private static List<CertifiedMetric> of(String view) {
        return CertifiedMetrics.of(view(view));
    }

    private static Model view(String name) {
        return Models.toolViews().stream()
                .filter(view -> view.table().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static CertifiedMetric.Figure figure(String view, String metric) {
        return of(view).stream()
                .filter(one -> one.name().equals(metric))
                .findFirst()
                .orElseThrow()
                .figure();
    }

    @Test
    void flowsAddUpAndWhatWaitsIsThatOfTheLatestMonth() {
        assertThat(of("bi.flows").stream().map(CertifiedMetric::name))
                .containsExactly(
                        "received_count",
                        "reentered_count",
                        "left_count",
                        "served_count",
                        "waiting_at_month_end",
                        "past_standard_at_month_end",
                        "served_share");
        assertThat(figure("bi.flows", "received_count")).isEqualTo(new Sum("received_count", List.of("queue")));
        assertThat(figure("bi.flows", "waiting_at_month_end"))
                .isEqualTo(new Last(
                        "waiting_at_month_end_do_not_sum", "period_start_on", List.of("queue"), List.of("queue")));
        assertThat(figure("bi.flows", "served_share"))
                .isEqualTo(new Ratio(List.of("served_count"), List.of("left_count"), List.of("queue")));
    }

    @Test
    void whatWaitsOfASliceIsAddedOverItsValuesWithinAMonthOnly() {
        assertThat(figure("bi.flows_by_slice", "waiting_at_month_end"))
                .isEqualTo(new Last(
                        "waiting_at_month_end_do_not_sum",
                        "period_start_on",
                        List.of("queue", "slice"),
                        List.of("queue", "slice", "slice_value")));
    }

    @Test
    void whatWaitsNowHasNoPeriodsAndAnAgeIsOfOneQueue() {
        assertThat(figure("bi.waiting_now", "waiting_count")).isEqualTo(new Sum("waiting_count", List.of("queue")));
        assertThat(figure("bi.waiting_now", "oldest_age_days")).isEqualTo(new OnlyRow("oldest_age_days"));
    }

    @Test
    void nothingOfAViewWithoutSumsIsAggregated() {
        for (String view : List.of("bi.waits", "bi.signals", "bi.comparisons")) {
            assertThat(of(view)).isNotEmpty().allSatisfy(metric -> assertThat(metric.figure())
                    .isInstanceOf(OnlyRow.class));
        }
    }

    @Test
    void shareOfAGradeNeedsOneGradeAsWell() {
        assertThat(figure("bi.grades", "grade_share"))
                .isEqualTo(new Ratio(
                        List.of("judgement_count"),
                        List.of("judgement_total_do_not_sum"),
                        List.of("series", "theme", "assessor", "grade")));
    }

    @Test
    void recommendationsAreCountedOnceHoweverManyFiguresTheyHave() {
        assertThat(figure("bi.recommendations", "overdue_count"))
                .isEqualTo(new Distinct("recommendation", "is_overdue"));
    }

    @Test
    void descriptionSaysWhatMakesAFigureNull() {
        assertThat(of("bi.flows_by_slice").stream()
                        .filter(one -> one.name().startsWith("waiting"))
                        .map(CertifiedMetric::description)
                        .collect(Collectors.joining()))
                .isEqualTo("Waiting at the end of the month. Over several periods the value of the latest. Null over "
                        + "several values of queue or slice, and over several periods also of queue or slice or "
                        + "slice_value.");
    }

    /** Shares of one view have the names of no column, and no name occurs twice. */
    @Test
    void namesOfAViewAreDistinct() {
        Models.toolViews().stream().filter(view -> view.schema().equals("bi")).forEach(view -> assertThat(
                        CertifiedMetrics.of(view).stream().map(CertifiedMetric::name))
                .doesNotHaveDuplicates());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                            | before received_count is added up
            {choose: [town]}              | there is no column 'town' in bi.flows
            {choose: [unavailable_reason]} | 'choose' names unavailable_reason, which may be null
            {chose: [queue]}              | 'chose' is not one of choose, metrics
            {choose: [queue], metrics: [{name: s, part: [left_count]}]} | 'whole' is missing
            """)
    void refusesWhatCannotBeCertified(String certified, String message) {
        String text = "certified: " + certified + "\n";
        assertThatThrownBy(() -> CertifiedMetrics.of(view("bi.flows"), path -> Optional.of(text)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }
}
