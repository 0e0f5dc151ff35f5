package uk.fpw.audit.change;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.QueryRow;
import uk.fpw.audit.session.RecomputedMart;
import uk.fpw.model.FigureDefinition;
import uk.fpw.statistics.ReentryShare;
import uk.fpw.statistics.StandardShare;
import uk.fpw.statistics.wait.LifeTable;
import uk.fpw.statistics.wait.WaitSummary;

/**
 * The input from which the statistics of a table are recomputed, and the class that computed the published ones.
 *
 * @param definition the definition whose rows are needed
 * @param rows queue, slice, slice value, standard and cohort, then counts; the rows of a cohort are adjacent
 * @param figures the statistics of one cohort, by column; null if there is none
 */
record StatisticSource(
        FigureDefinition definition, AuditQuery rows, Function<List<QueryRow>, Map<String, @Nullable Double>> figures) {

    /** Number of columns that identify a cohort. */
    static final int KEYS = 5;

    /** Counts by name. */
    private record Counts(Map<String, Long> byName) {

        long of(String name) {
            return Objects.requireNonNull(byName.get(name), name);
        }
    }

    /**
     * The source of a table.
     *
     * @throws IllegalArgumentException if there is none
     */
    static StatisticSource of(RecomputedMart mart) {
        return switch (mart.model().name()) {
            case "wait_summary" -> ofWaits();
            case "wait_standard" ->
                ofCounts(mart, counts -> new StandardShare(
                                counts.of("due_count"),
                                counts.of("met_count"),
                                counts.of("unknown_count"),
                                counts.of("perhaps_met_count"),
                                counts.of("perhaps_not_met_count"))
                        .figures());
            case "reentry_share" ->
                ofCounts(mart, counts -> new ReentryShare(counts.of("known_count"), counts.of("reentered_count"))
                        .figures());
            default ->
                throw new IllegalArgumentException(mart.model().table()
                        + ".yml says of a figure that its changes are explained by recomputing it, but no class "
                        + "computes the table again; add it here");
        };
    }

    /** Waits of cohorts, from the observations of their spells. */
    private static StatisticSource ofWaits() {
        return new StatisticSource(definition("cohort_spell"), AuditQuery.named("observed_wait"), rows -> {
            LifeTable.Builder table = new LifeTable.Builder();
            for (QueryRow row : rows) {
                int day = Math.toIntExact(row.number(KEYS));
                long count = row.number(KEYS + 2);
                switch (row.text(KEYS + 1)) {
                    case "entered" -> table.enter(day - 1.0, count);
                    case "left" -> table.leave(day, "left", count);
                    default -> table.censor(day, count);
                }
            }
            return WaitSummary.of(table.build()).figures();
        });
    }

    /** Counts by name, from the table's own definition. */
    private static StatisticSource ofCounts(
            RecomputedMart mart, Function<Counts, Map<String, @Nullable Double>> figures) {
        FigureDefinition definition = definition(mart.model().name());
        List<String> names = definition.comparisons().stream()
                .filter(comparison -> comparison.table().equals(mart.model().table()))
                .flatMap(comparison -> comparison.equal().stream())
                .toList();
        return new StatisticSource(
                definition,
                mart.keyed("statistic_counts")
                        .with("defined", definition.name())
                        .with("counts", names),
                rows -> {
                    Map<String, Long> counts = new TreeMap<>();
                    for (int i = 0; i < names.size(); i++) {
                        counts.put(names.get(i), rows.get(0).number(KEYS + i));
                    }
                    return figures.apply(new Counts(counts));
                });
    }

    private static FigureDefinition definition(String name) {
        return FigureDefinition.all().stream()
                .filter(definition -> definition.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
