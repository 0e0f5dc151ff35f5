package uk.fpw.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a release explains that a figure differs from the release before; {@code explained} of a measure in the YAML file
 * of its table.
 */
public enum Explained {

    /**
     * As a sum: each changed spell takes away what it counted and adds what it counts now. In
     * {@code mart.figure_change}, which tells figures apart by the columns of its grain.
     */
    SUM("exit_reason"),

    /** By computing it again, cause by cause, from the spells of each step. In {@code mart.statistic_change}. */
    RECOMPUTED("standard"),

    /** Not at all. */
    NOT("");

    private static final List<String> SERIES = List.of("queue", "slice", "slice_value");

    private final String further;

    Explained(String further) {
        this.further = further;
    }

    /** As YAML files name it, such as {@code sum}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The column of the grain that says of which period or cohort a figure is, such as {@code month_start_on}.
     *
     * @param model with a figure that is explained so
     */
    public String period(Model model) {
        return model.grain().stream()
                .filter(periods()::contains)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(model.table() + " has no column of " + periods()));
    }

    /** Whether the grain has the further column that the explanation knows: the exit reason, or the standard. */
    public boolean hasFurther(Model model) {
        return model.grain().contains(further);
    }

    /** Why no figure of a table can be explained so, as part of a sentence; null if it can. */
    @Nullable
    String problem(Model model) {
        if (this == NOT || isOfSeries(model)) {
            return null;
        }
        return "which needs counted_by: series and the grain " + String.join(", ", SERIES) + ", one of "
                + String.join(", ", periods()) + ", and, if need be, " + further;
    }

    private boolean isOfSeries(Model model) {
        List<String> others = model.grain().stream()
                .filter(column -> !SERIES.contains(column) && !column.equals(further))
                .toList();
        return model.countedBy() == Family.SERIES
                && model.grain().containsAll(SERIES)
                && others.size() == 1
                && periods().containsAll(others);
    }

    private List<String> periods() {
        return switch (this) {
            case SUM -> List.of("day", "week_start_on", "month_start_on");
            case RECOMPUTED -> List.of("cohort", "month_start_on");
            case NOT -> List.of();
        };
    }

    /** Every word, for messages. */
    static String words() {
        return Stream.of(values()).map(Explained::word).collect(Collectors.joining(", "));
    }
}
