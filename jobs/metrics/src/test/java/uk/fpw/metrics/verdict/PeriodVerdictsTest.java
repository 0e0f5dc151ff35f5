package uk.fpw.metrics.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

class PeriodVerdictsTest {

    private final List<ComparedRow> rows = new ArrayList<>();

    private void add(
            String queue,
            String measure,
            boolean isPrimary,
            @Nullable Double size,
            @Nullable Double p,
            @Nullable String pointsTo,
            boolean isMaterial) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "queue",
                queue,
                "queue_version",
                1,
                "item_unit",
                "devices",
                "period_kind",
                "month",
                "compared_with",
                "last year",
                "measure",
                measure,
                "period_start_on",
                LocalDate.of(2015, 9, 1),
                "period_end_on",
                LocalDate.of(2015, 9, 30),
                "earlier_start_on",
                LocalDate.of(2014, 9, 1),
                "earlier_end_on",
                LocalDate.of(2014, 9, 30)));
        row.put("is_primary", isPrimary);
        row.put("item_count", 60L);
        row.put("earlier_item_count", measure.equals("served") ? 55L : 70L);
        row.put("value", 0.5);
        row.put("earlier_value", 0.25);
        row.put("size_kind", measure.endsWith("share") ? "difference" : "ratio");
        row.put("is_material", isMaterial);
        row.put("matters_from", 0.05);
        row.put("is_partial", false);
        row.put("data_as_at", LocalDate.of(2015, 11, 18));
        row.put("contributor_count", 80L);
        if (size != null) {
            row.put("size", size);
        }
        if (p != null) {
            row.put("log10_p", Math.log10(p));
            row.put("detectable", 0.2);
        } else {
            row.put("reason", "chance not assessed");
        }
        if (pointsTo != null) {
            row.put("points_to", pointsTo);
            row.put("better", "lower");
        }
        rows.add(ComparedRow.of(row::get));
    }

    private void addQueue(String queue, @Nullable Double p, String pointsTo, boolean isMaterial, String servedShare) {
        add(queue, "late share", true, -0.1, p, pointsTo, isMaterial);
        add(queue, "left", false, 0.9, 0.3, null, true);
        add(queue, "served", false, 0.9, 0.3, null, true);
        add(queue, "served share", false, -0.25, null, servedShare, true);
    }

    private Map<String, Map<String, Object>> verdicts() {
        Model model = Models.find(PeriodVerdicts.TABLE).orElseThrow();
        Map<String, Map<String, Object>> written = new HashMap<>();
        new PeriodVerdicts(
                        rows,
                        row -> Map.of("withdrawn", 12L, "sent out", 34L, "closed", 0L),
                        Map.of(
                                "a_better", LocalDate.of(2015, 9, 1),
                                "g_late", LocalDate.of(2015, 9, 2)),
                        new ReleaseKey("testshire", ReleaseId.of("2015-11-18.1"), (int)
                                LocalDate.of(2015, 11, 18).toEpochDay()),
                        values -> {
                            Map<String, Object> row = new HashMap<>();
                            for (int i = 0; i < values.length; i++) {
                                row.put(model.columns().get(i).name(), values[i]);
                            }
                            written.put((String) Objects.requireNonNull(row.get("queue")), row);
                        })
                .write();
        return written;
    }

    private static Map<String, Object> of(Map<String, Map<String, Object>> verdicts, String queue) {
        return Objects.requireNonNull(verdicts.get(queue));
    }

    @Test
    void eachVerdictHasItsReason() {
        addQueue("a_better", 0.001, "better", true, "better");
        addQueue("b_worse", 0.002, "worse", true, "worse");
        addQueue("c_unserved", 0.003, "better", true, "worse");
        addQueue("d_small", 0.0001, "better", false, "better");
        addQueue("e_chance", 0.03, "better", true, "better");
        addQueue("f_unknown", null, "better", true, "better");
        addQueue("g_late", 1e-9, "better", true, "better");
        Map<String, Map<String, Object>> verdicts = verdicts();

        assertThat(verdicts).hasSize(7);
        assertThat(of(verdicts, "a_better"))
                .containsEntry("verdict", "better")
                .containsEntry("verdict_reason", "a difference of -0.10 is more than chance")
                .containsEntry("verdict_count", 5)
                .containsEntry("unserved_count", 0L)
                .containsEntry("earlier_unserved_count", 15L);
        assertThat(of(verdicts, "b_worse")).containsEntry("verdict", "worse");
        assertThat(of(verdicts, "c_unserved"))
                .containsEntry("verdict", "fewer_because")
                .containsEntry(
                        "verdict_reason",
                        "not called better: served share 0.50 instead of 0.25; left without being served: 34 sent out, "
                                + "12 withdrawn");
        assertThat(of(verdicts, "d_small"))
                .containsEntry("verdict", "no_evidence")
                .containsEntry("verdict_reason", "a difference of -0.10 is smaller than what matters, 0.05");
        assertThat(of(verdicts, "g_late"))
                .containsEntry("verdict", "cannot_be_told")
                .containsEntry("declared_since_on", LocalDate.of(2015, 9, 2))
                .containsEntry(
                        "verdict_reason",
                        "what the queue is judged by was changed on 2015-09-02, after the period had begun");
        assertThat(of(verdicts, "f_unknown"))
                .containsEntry("verdict", "cannot_be_told")
                .containsEntry("verdict_reason", "chance not assessed");
        assertThat(of(verdicts, "f_unknown").get("log10_p_adjusted")).isNull();
    }

    /** The exact test of 5 and 0 has a p, and 5 / 0 is no ratio. */
    @Test
    void withoutARatioNothingIsToldAndNoTestCounts() {
        add("a", "received", true, null, 0.0001, null, false);
        add("a", "left", false, 0.9, 0.3, null, true);
        add("a", "served", false, 0.9, 0.3, null, true);
        addQueue("b", 0.04, "worse", true, "better");
        Map<String, Map<String, Object>> verdicts = verdicts();

        assertThat(of(verdicts, "a"))
                .containsEntry("verdict", "cannot_be_told")
                .containsEntry("verdict_reason", "nothing was counted in the earlier period: there is no ratio")
                .containsEntry("verdict_count", 1)
                .containsEntry("log10_p_adjusted", null);
        assertThat(of(verdicts, "b")).containsEntry("verdict", "worse");
    }

    /** Of three verdicts, 0.03 is the second smallest p and adjusted to 0.06. */
    @Test
    void whatIsOneOfManyMayBeChance() {
        addQueue("a", 0.03, "better", true, "better");
        addQueue("b", 0.01, "worse", true, "better");
        addQueue("c", 0.9, "worse", true, "better");
        Map<String, Object> row = of(verdicts(), "a");

        assertThat(row).containsEntry("verdict", "no_evidence");
        assertThat(Math.pow(10, (Double) Objects.requireNonNull(row.get("log10_p_adjusted"))))
                .isCloseTo(0.06, within(1e-12));
        // 0.2 for one: (2.393980 + 0.841621) / (1.959964 + 0.841621) times as much for three (R: qnorm)
        assertThat((Double) Objects.requireNonNull(row.get("detectable"))).isCloseTo(0.2309834, within(1e-6));
        assertThat(row.get("verdict_reason"))
                .isEqualTo(
                        "a difference of -0.10 may be chance; a difference of 0.23 would have been found in 80 of 100");
    }
}
