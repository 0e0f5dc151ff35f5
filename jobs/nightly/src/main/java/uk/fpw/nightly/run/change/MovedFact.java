package uk.fpw.nightly.run.change;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.ChangeCause;

/**
 * A published fact for which our figure, or the verdict, differs from the replaced release.
 *
 * @param fact its name in the force folder
 * @param replaced what the replaced release stated
 * @param current what the new release states; null if the fact is no longer in the force folder
 * @param causes why, as far as known; {@value #RECOMPUTED} if unknown
 */
record MovedFact(String fact, Stated replaced, @Nullable Stated current, List<String> causes) {

    /** Cause for a figure that no recorded step of a count explains: a share, a median, an age. */
    static final String RECOMPUTED = "recomputed";

    static final String REMOVED = "removed from the force folder";

    static final String OTHER_FACT = "the fact in the force folder was changed";

    static final String WINDOW_NOT_OVER = "time passed: its days were not over";

    /** Columns of {@code mart.published_fact} that are read. */
    static final List<String> COLUMNS = List.of(
            "fact",
            "quote",
            "operator",
            "stated_from",
            "stated_to",
            "about_share",
            "unit",
            "as_of_from_on",
            "as_of_to_on",
            "our_value",
            "verdict");

    /** Columns of {@code mart.figure_change} that are read. */
    static final List<String> STEP_COLUMNS =
            List.of("queue", "slice", "measure", "period_start_on", "period_end_on", "cause");

    /** Columns that make it another fact if they differ. */
    private static final List<String> PUBLISHED = COLUMNS.subList(1, 9);

    /**
     * What a release states.
     *
     * @param value our value that is closest to the published figure; null if not comparable
     */
    record Stated(String verdict, @Nullable Double value) {}

    /**
     * The facts that changed, in the order of their names.
     *
     * @param replaced rows of {@code mart.published_fact} of the replaced release
     * @param replacedAsAt its business date
     * @param current those of the new release
     * @param step rows of {@code mart.figure_change} about the step from one to the other, with {@link #STEP_COLUMNS};
     *     duplicates may be left out
     * @param queries the query of each fact, by its name
     */
    static List<MovedFact> of(
            List<Map<String, @Nullable Object>> replaced,
            LocalDate replacedAsAt,
            List<Map<String, @Nullable Object>> current,
            Collection<Map<String, @Nullable Object>> step,
            Map<String, String> queries) {
        Map<String, Map<String, @Nullable Object>> now = new HashMap<>();
        current.forEach(row -> now.put(text(row, "fact"), row));
        Map<String, MovedFact> moved = new TreeMap<>();
        for (Map<String, @Nullable Object> row : replaced) {
            String fact = text(row, "fact");
            Map<String, @Nullable Object> other = now.get(fact);
            if (other == null) {
                moved.put(fact, new MovedFact(fact, stated(row), null, List.of(REMOVED)));
            } else if (!stated(row).equals(stated(other))) {
                moved.put(
                        fact,
                        new MovedFact(
                                fact,
                                stated(row),
                                stated(other),
                                causes(row, replacedAsAt, other, step, queries.get(fact))));
            }
        }
        return List.copyOf(moved.values());
    }

    private static List<String> causes(
            Map<String, @Nullable Object> replaced,
            LocalDate replacedAsAt,
            Map<String, @Nullable Object> current,
            Collection<Map<String, @Nullable Object>> step,
            @Nullable String query) {
        List<String> causes = new ArrayList<>();
        if (PUBLISHED.stream().anyMatch(column -> !Objects.equals(replaced.get(column), current.get(column)))) {
            causes.add(OTHER_FACT);
        }
        if (date(current, "as_of_to_on").isAfter(replacedAsAt)) {
            causes.add(WINDOW_NOT_OVER);
        }
        if (query != null) {
            TreeSet<String> found = new TreeSet<>();
            step.stream()
                    .filter(row -> isBehind(row, query))
                    .filter(row -> !date(row, "period_end_on").isBefore(date(current, "as_of_from_on"))
                            && !date(row, "period_start_on").isAfter(date(current, "as_of_to_on")))
                    .forEach(row -> found.add(text(row, "cause")));
            ChangeCause.all().stream()
                    .map(ChangeCause::name)
                    .filter(found::contains)
                    .forEach(causes::add);
        }
        return causes.isEmpty() ? List.of(RECOMPUTED) : List.copyOf(causes);
    }

    /** Whether a query reads that measure of that queue and, unless it is the total, of its slice. */
    private static boolean isBehind(Map<String, @Nullable Object> row, String query) {
        return query.contains("'" + text(row, "queue") + "'")
                && Pattern.compile("\\b" + Pattern.quote(text(row, "measure")) + "\\b")
                        .matcher(query)
                        .find()
                && (text(row, "slice").equals("all") || query.contains("'" + text(row, "slice") + "'"));
    }

    private static Stated stated(Map<String, @Nullable Object> row) {
        Object value = row.get("our_value");
        return new Stated(text(row, "verdict"), value == null ? null : ((Number) value).doubleValue());
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return Objects.requireNonNull(row.get(column), column).toString();
    }

    private static LocalDate date(Map<String, @Nullable Object> row, String column) {
        return LocalDate.parse(text(row, column));
    }
}
