package uk.fpw.metrics.grading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TextRows;

/**
 * Rows of {@code core.grading} as a task reads them: by two schemes with grades of the same names, from two grading
 * queries.
 */
@Tag("time-zone")
class GradingTaskTest {

    private static final LocalDate BUSINESS_DATE = LocalDate.of(2015, 6, 30);

    private static final GradingSpec SPEC = new GradingSpec(
            Map.of(
                    "audits", Map.of(1, List.of("good", "poor")),
                    "peel", Map.of(1, List.of("outstanding", "good", "poor"))),
            Map.of(
                    "of_audits", new GradingSpec.Known(BUSINESS_DATE, null),
                    "of_reviews", new GradingSpec.Known(LocalDate.of(2015, 6, 1), "feed reviews is late"),
                    "of_peel", new GradingSpec.Known(LocalDate.of(2015, 5, 1), "feed peel is late")));

    private static Row row(String scheme, String grading, String caseKey, int rank, String day) {
        return RowFactory.create(
                scheme,
                1,
                "cases",
                "all",
                "handling",
                "force",
                grading,
                "item",
                caseKey,
                caseKey,
                rank,
                "(not recorded)",
                (int) LocalDate.parse(day).toEpochDay(),
                false,
                1L,
                null);
    }

    private static GradingTask task(TextRows rows) {
        return new GradingTask(
                SPEC,
                new ReleaseKey("testshire", ReleaseId.of("2016-01-12.1"), (int) BUSINESS_DATE.toEpochDay()),
                rows);
    }

    @Test
    void judgementsByEachSchemeAreCountedByThemselves() {
        TextRows rows = new TextRows();
        GradingTask task = task(rows);
        task.count(List.of(
                        row("audits", "of_audits", "a", 1, "2015-02-01"),
                        row("audits", "of_reviews", "b", 2, "2015-03-01"),
                        row("peel", "of_peel", "a", 2, "2015-01-31"))
                .iterator());

        assertThat(rows.of(
                        "mart.grading_share",
                        "scheme, period, grade, judgement_count, case_total_count, change_reason, data_as_at",
                        Map.of("period_kind", "quarter")))
                .containsExactly(
                        "audits|2015 Q1|good|1|2|nothing was judged before|2015-06-01",
                        "audits|2015 Q1|poor|1|2|nothing was judged before|2015-06-01",
                        "peel|2015 Q1|outstanding|0|1|nothing was judged before|2015-05-01",
                        "peel|2015 Q1|good|1|1|nothing was judged before|2015-05-01",
                        "peel|2015 Q1|poor|0|1|nothing was judged before|2015-05-01");
    }

    @Test
    void schemeIsKnownAsFarAsEveryQueryThatHasYieldedJudgementsByIt() {
        assertThat(SPEC.known(Set.of("of_audits"))).isEqualTo(new GradingSpec.Known(BUSINESS_DATE, null));
        assertThat(SPEC.known(Set.of("of_audits", "of_reviews")).unavailableReason())
                .isEqualTo("feed reviews is late");
    }

    @Test
    void ofNoJudgementThereIsNoRow() {
        TextRows rows = new TextRows();
        GradingTask task = task(rows);
        task.count(List.<Row>of().iterator());

        assertThat(rows.of("mart.grading_share", "scheme")).isEmpty();
    }
}
