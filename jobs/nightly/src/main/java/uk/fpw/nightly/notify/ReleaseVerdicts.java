package uk.fpw.nightly.notify;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.VerdictWords;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.release.ReleaseTableReader;

/**
 * The first verdict of each queue in words, as the pages show it: the year to date against last year, if there is one.
 */
public final class ReleaseVerdicts {

    static final String QUEUES = "mart.dim_queue";
    static final List<String> QUEUE_COLUMNS = List.of("queue", "title", "queue_role");
    static final String VERDICTS = "mart.period_verdict";
    static final List<String> VERDICT_COLUMNS = List.of(
            "queue",
            "period_kind",
            "compared_with",
            "verdict",
            "log10_p_adjusted",
            "size_kind",
            "size_low",
            "size_high",
            "is_available");

    private static final List<String> KINDS = List.of("year to date", "quarter", "month");

    private static final Comparator<Map<String, @Nullable Object>> FIRST = Comparator.comparing(
                    (Map<String, @Nullable Object> row) -> KINDS.indexOf(text(row, "period_kind")))
            .thenComparing(row -> !text(row, "compared_with").equals("last year"));

    private ReleaseVerdicts() {}

    /** One line for each whole queue and stage that has a verdict, in the order of their titles. */
    public static List<String> of(ReleaseTableReader reader, Release release) {
        return reader.has(release, VERDICTS) && reader.has(release, QUEUES)
                ? of(reader.read(release, QUEUES, QUEUE_COLUMNS), reader.read(release, VERDICTS, VERDICT_COLUMNS))
                : List.of();
    }

    static List<String> of(List<Map<String, @Nullable Object>> queues, List<Map<String, @Nullable Object>> verdicts) {
        Map<String, Map<String, @Nullable Object>> first = new HashMap<>();
        verdicts.stream().sorted(FIRST).forEach(row -> first.putIfAbsent(text(row, "queue"), row));
        Map<String, String> lines = new TreeMap<>();
        for (Map<String, @Nullable Object> queue : queues) {
            Map<String, @Nullable Object> verdict = first.get(text(queue, "queue"));
            if (verdict != null && !text(queue, "queue_role").equals("variant")) {
                String title = text(queue, "title");
                lines.put(title + "\n" + text(queue, "queue"), title + ": " + words(verdict));
            }
        }
        return List.copyOf(lines.values());
    }

    private static String words(Map<String, @Nullable Object> row) {
        boolean isAvailable = Boolean.TRUE.equals(row.get("is_available"));
        Double p = number(row, "log10_p_adjusted");
        return VerdictWords.of(
                        isAvailable ? text(row, "verdict") : "cannot_be_told",
                        p != null && p < VerdictWords.LOG10_P,
                        VerdictWords.isSureAlone(
                                text(row, "size_kind"), number(row, "size_low"), number(row, "size_high")))
                + " (" + text(row, "period_kind") + " against " + text(row, "compared_with") + ")";
    }

    private static @Nullable Double number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number number ? number.doubleValue() : null;
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return Objects.requireNonNull(row.get(column), column).toString();
    }
}
