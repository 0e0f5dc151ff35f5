package uk.fpw.metrics.verdict;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.model.Models;
import uk.fpw.statistics.period.Holm;
import uk.fpw.text.NameList;

/**
 * Computes the rows of {@code mart.period_verdict}. The p of all primary measures of a release are adjusted together
 * (Holm), so that any false verdict on its pages is as rare as one p below 0.05. A measure that improves while lateness
 * grows, or while less of what leaves was served, is not called better.
 */
public final class PeriodVerdicts {

    public static final String TABLE = "mart.period_verdict";

    private static final double LEVEL = 0.05;
    private static final double NORMAL_OF_80 = 0.8416212335729143;
    private static final double NORMAL_OF_LEVEL = 1.959963984540054;
    private static final int MOST_REASONS = 5;

    /** Measures that must not be worse where the primary one is better. */
    private static final List<String> GUARDS =
            List.of("late share of the stock", "share in the longest band", "served share");

    private final List<ComparedRow> rows;
    private final Function<ComparedRow, Map<String, Long>> unserved;
    private final Map<String, LocalDate> declaredSince;
    private final ReleaseKey releaseKey;
    private final TableRows table;

    /**
     * @param rows all rows of {@code mart.period_comparison}
     * @param unserved for a row, how many left in its later period without being served, by reason
     * @param declaredSince by queue, since when verdicts are given by its present declarations; without queues of which
     *     they have never changed
     * @param consumer receives the values of a row, in the order of the model's columns
     */
    public PeriodVerdicts(
            List<ComparedRow> rows,
            Function<ComparedRow, Map<String, Long>> unserved,
            Map<String, LocalDate> declaredSince,
            ReleaseKey releaseKey,
            Consumer<Object[]> consumer) {
        this.rows = rows.stream()
                .sorted(Comparator.comparing((ComparedRow row) -> row.key().queue())
                        .thenComparing(row -> row.key().periodKind())
                        .thenComparing(row -> row.key().comparedWith())
                        .thenComparing(row -> row.key().measure()))
                .toList();
        this.unserved = unserved;
        this.declaredSince = Map.copyOf(declaredSince);
        this.releaseKey = releaseKey;
        this.table = new TableRows(Models.find(TABLE).orElseThrow(), consumer);
    }

    private record Verdict(String code, String reason) {}

    /** Writes a row for each primary measure. */
    public void write() {
        List<ComparedRow> primary = rows.stream().filter(ComparedRow::isPrimary).toList();
        List<ComparedRow> tested = primary.stream()
                .filter(row -> row.difference().log10P() != null
                        && row.difference().size() != null
                        && declaredLate(row) == null)
                .toList();
        List<Double> adjusted = Holm.adjust(tested.stream()
                .map(row -> Objects.requireNonNull(row.difference().log10P()))
                .toList());
        for (ComparedRow row : primary) {
            int position = tested.indexOf(row);
            write(row, tested.size(), position < 0 ? null : adjusted.get(position));
        }
    }

    /** Why the declarations cannot be used, since somebody may have looked first; null if they can. */
    private @Nullable String declaredLate(ComparedRow row) {
        LocalDate since = declaredSince.get(row.key().queue());
        return since == null || !since.isAfter(row.dates().from())
                ? null
                : "what the queue is judged by was changed on " + since + ", after the period had begun";
    }

    private void write(ComparedRow row, int tests, @Nullable Double adjusted) {
        ComparedRow.Difference difference = row.difference();
        Double detectable = detectable(row, tests);
        Verdict verdict = verdict(row, adjusted, detectable);
        ComparedRow left = beside(row, "left");
        ComparedRow served = beside(row, "served");
        table.row()
                .set("force", releaseKey.force())
                .set("queue", row.key().queue())
                .set("queue_version", row.key().version())
                .set("item_unit", row.key().itemUnit())
                .set("period_kind", row.key().periodKind())
                .set("compared_with", row.key().comparedWith())
                .set("measure", row.key().measure())
                .set("period_start_on", row.dates().from())
                .set("period_end_on", row.dates().to())
                .set("earlier_start_on", row.dates().earlierFrom())
                .set("earlier_end_on", row.dates().earlierTo())
                .set("better", difference.better())
                .set("matters_from", difference.mattersFrom())
                .set("declared_since_on", declaredSince.get(row.key().queue()))
                .set("verdict", verdict.code)
                .set("verdict_reason", verdict.reason)
                .set("size_kind", difference.sizeKind())
                .set("size", difference.size())
                .set("size_low", difference.low())
                .set("size_high", difference.high())
                .set("log10_p", difference.log10P())
                .set("verdict_count", tests)
                .set("log10_p_adjusted", adjusted)
                .set("detectable", detectable)
                .set("unserved_count", less(left.items().later(), served.items().later()))
                .set(
                        "earlier_unserved_count",
                        less(left.items().earlier(), served.items().earlier()))
                .set("is_partial", row.standing().isPartial())
                .set("is_provisional", false)
                .set("is_available", row.standing().unavailableReason() == null)
                .set("unavailable_reason", row.standing().unavailableReason())
                .set("contributor_count", row.standing().contributors())
                .set("data_as_at", row.standing().dataAsAt())
                .set("release_id", releaseKey.releaseId().value())
                .end();
    }

    private static @Nullable Long less(@Nullable Long all, @Nullable Long part) {
        return all == null || part == null ? null : (Long) (all - part);
    }

    private ComparedRow beside(ComparedRow row, String measure) {
        return rows.stream()
                .filter(other ->
                        other.key().isBeside(row.key()) && other.key().measure().equals(measure))
                .findFirst()
                .orElseThrow();
    }

    private Verdict verdict(ComparedRow row, @Nullable Double adjusted, @Nullable Double detectable) {
        ComparedRow.Difference difference = row.difference();
        String late = declaredLate(row);
        if (late != null) {
            return new Verdict("cannot_be_told", late);
        }
        if (adjusted == null || difference.size() == null) {
            return new Verdict(
                    "cannot_be_told",
                    Objects.requireNonNullElse(
                            difference.reason(), "nothing was counted in the earlier period: there is no ratio"));
        }
        String size = size(difference);
        if (adjusted >= Math.log10(LEVEL)) {
            return new Verdict(
                    "no_evidence",
                    size + " may be chance"
                            + (detectable == null
                                    ? ""
                                    : "; "
                                            + ("ratio".equals(difference.sizeKind())
                                                    ? "a ratio of "
                                                    : "a difference of ")
                                            + number(detectable) + " would have been found in 80 of 100"));
        }
        if (!difference.isMaterial()) {
            return new Verdict(
                    "no_evidence", size + " is smaller than what matters, " + number(difference.mattersFrom()));
        }
        if (!"better".equals(difference.pointsTo())) {
            return new Verdict("worse", size + " is more than chance");
        }
        List<String> worse = worse(row);
        return worse.isEmpty()
                ? new Verdict("better", size + " is more than chance")
                : new Verdict("fewer_because", fewerBecause(row, worse));
    }

    private static String size(ComparedRow.Difference difference) {
        double size = Objects.requireNonNull(difference.size());
        return ("ratio".equals(difference.sizeKind()) ? "a ratio of " : "a difference of ") + number(size);
    }

    /** What became worse in the same period by at least what matters. */
    private List<String> worse(ComparedRow row) {
        List<String> worse = new ArrayList<>();
        for (ComparedRow other : rows) {
            if (other.key().isBeside(row.key())
                    && GUARDS.contains(other.key().measure())
                    && "worse".equals(other.difference().pointsTo())
                    && other.difference().isMaterial()) {
                worse.add(other.key().measure() + " "
                        + number(Objects.requireNonNull(other.values().later())) + " instead of "
                        + number(Objects.requireNonNull(other.values().earlier())));
            }
        }
        return worse;
    }

    private String fewerBecause(ComparedRow row, List<String> worse) {
        List<String> reasons = unserved.apply(row).entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(reason -> reason.getValue() + " " + reason.getKey())
                .toList();
        return "not called better: " + String.join("; ", worse)
                + (reasons.isEmpty() ? "" : "; left without being served: " + NameList.first(MOST_REASONS, reasons));
    }

    /**
     * At the level that one of so many verdicts must reach, given what a single test would have found; null if it is
     * more than shares can differ.
     */
    private static @Nullable Double detectable(ComparedRow row, int tests) {
        ComparedRow.Difference difference = row.difference();
        Double single = difference.detectable();
        if (single == null) {
            return null;
        }
        double factor = (NormalDistribution.of(0, 1).inverseSurvivalProbability(LEVEL / 2 / tests) + NORMAL_OF_80)
                / (NORMAL_OF_LEVEL + NORMAL_OF_80);
        if ("ratio".equals(difference.sizeKind())) {
            return Math.pow(single, factor);
        }
        return row.key().measure().endsWith("share") && single * factor > 1 ? null : (Double) (single * factor);
    }

    /** A number in a sentence, with two significant decimals. */
    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.0f", value);
    }

    /** The reasons of several rows in one map, as for a period of several months. */
    static Map<String, Long> sum(List<Map.Entry<String, Long>> reasons) {
        return reasons.stream()
                .collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.summingLong(Map.Entry::getValue)));
    }
}
