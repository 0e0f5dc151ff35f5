package uk.fpw.nightly.run.change;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.ChangeCause;
import uk.fpw.nightly.run.change.FigureDiff.Figure;

/**
 * Adds up recorded steps of figures while the rows are read: memory holds the figures, not the rows, of which there may
 * be millions.
 */
final class AddedSteps {

    /** Separates the parts of a key. It sorts before every character of a name, so that keys sort like the names. */
    private static final String SEPARATOR = "\u0000";

    private final Map<String, Integer> steps = new HashMap<>();
    private final LocalDate asAt;
    private final SortedMap<String, Sum> sums = new TreeMap<>();

    /**
     * Creates an empty sum.
     *
     * @param steps the releases that made the steps, the earliest first
     * @param asAt business date of the release before them: periods that were not over on it had no figure to change
     */
    AddedSteps(List<ReleaseId> steps, LocalDate asAt) {
        for (ReleaseId step : steps) {
            this.steps.put(step.value(), this.steps.size());
        }
        this.asAt = asAt;
    }

    /** Adds a row of {@code mart.figure_change}, with {@link FigureDiff#COLUMNS}, unless it belongs to another step. */
    void add(Map<String, @Nullable Object> row) {
        Integer step = steps.get(text(row, "new_release_id"));
        if (step != null && !LocalDate.parse(text(row, "period_end_on")).isAfter(asAt)) {
            sums.computeIfAbsent(key(row), first -> new Sum()).add(step, row);
        }
    }

    /** The figures that differ, in the order of their names. */
    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        sums.forEach((key, sum) -> {
            if (!Objects.equals(sum.from, sum.to)) {
                figures.add(sum.figure(key));
            }
        });
        return List.copyOf(figures);
    }

    private static final class Sum {

        private int first = Integer.MAX_VALUE;
        private int last = -1;
        private int latestGap = -1;
        private @Nullable Long from;
        private @Nullable Long to;
        private @Nullable String gap;
        private long explained;
        private final Map<String, Long> parts = new HashMap<>();

        void add(int step, Map<String, @Nullable Object> row) {
            if (step < first) {
                first = step;
                from = number(row, "replaced_value");
            }
            if (step > last) {
                last = step;
                to = number(row, "new_value");
            }
            Long part = number(row, "part");
            if (part != null) {
                parts.merge(text(row, "cause"), part, Long::sum);
                explained += part;
            } else if (step >= latestGap) {
                latestGap = step;
                gap = text(row, "cause");
            }
        }

        Figure figure(String key) {
            List<String> names = Arrays.asList(key.split(SEPARATOR, -1));
            int size = names.size();
            String slice = names.get(1);
            return new Figure(
                    names.get(0),
                    slice.isEmpty() ? "all" : slice,
                    String.join(SEPARATOR, names.subList(2, size - 3)),
                    names.get(size - 2),
                    names.get(size - 1),
                    names.get(size - 3),
                    from,
                    to,
                    byCause(from, to, gap));
        }

        /** The parts in the order of the causes. */
        private Map<String, @Nullable Long> byCause(
                @Nullable Long before, @Nullable Long after, @Nullable String unknown) {
            Map<String, @Nullable Long> ordered = new LinkedHashMap<>();
            if (before == null || after == null) {
                ordered.put(unknown == null ? ChangeCause.COVERAGE : unknown, null);
                return ordered;
            }
            Map<String, Long> all = new HashMap<>(parts);
            if (unknown != null) {
                // changes while the value was not available are not known by cause
                all.merge(unknown, after - before - explained, Long::sum);
            }
            for (ChangeCause cause : ChangeCause.all()) {
                Long part = all.get(cause.name());
                if (part != null && part != 0) {
                    ordered.put(cause.name(), part);
                }
            }
            return ordered;
        }
    }

    private static String key(Map<String, @Nullable Object> row) {
        return String.join(
                SEPARATOR,
                List.of(
                        text(row, "queue"),
                        text(row, "slice").equals("all") ? "" : text(row, "slice"),
                        text(row, "slice_value"),
                        text(row, "period_start_on"),
                        text(row, "measure"),
                        text(row, "exit_reason")));
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return Objects.requireNonNull(row.get(column), column).toString();
    }

    private static @Nullable Long number(Map<String, @Nullable Object> row, String column) {
        Object value = row.get(column);
        return value == null ? null : ((Number) value).longValue();
    }
}
