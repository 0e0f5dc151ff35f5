package uk.fpw.audit.change;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.QueryRow;
import uk.fpw.audit.session.RecomputedMart;
import uk.fpw.model.FigureDefinition;
import uk.fpw.statistics.ReentryShare;
import uk.fpw.statistics.StandardShare;

/**
 * The input from which the statistics of a table are recomputed, and the class that computed the published ones.
 *
 * @param definition the definition whose rows are needed
 * @param queries one after the other; each returns queue, slice, slice value, standard and cohort, then counts
 * @param cohort collects the rows of one cohort
 */
record StatisticSource(FigureDefinition definition, List<AuditQuery> queries, Supplier<Cohort> cohort) {

    /** The rows of one cohort. */
    interface Cohort {

        /** Adds a row of a query, given its position; those of earlier queries have been added. */
        void add(int query, QueryRow row);

        /** The statistics, by column; null if there is none. */
        Map<String, @Nullable Double> figures();
    }

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

    /** Waits of cohorts, from the observations of their spells, and then from those of each contributor. */
    private static StatisticSource ofWaits() {
        return new StatisticSource(
                definition("cohort_spell"),
                List.of(AuditQuery.named("observed_wait"), AuditQuery.named("contributor_wait")),
                CohortWaits::new);
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
                List.of(mart.keyed("statistic_counts")
                        .with("defined", definition.name())
                        .with("counts", names)),
                () -> new CohortCounts(names, figures));
    }

    /** The counts of a cohort, which are in one row. */
    private static final class CohortCounts implements Cohort {

        private final List<String> names;
        private final Function<Counts, Map<String, @Nullable Double>> figures;
        private final Map<String, Long> counts = new TreeMap<>();

        CohortCounts(List<String> names, Function<Counts, Map<String, @Nullable Double>> figures) {
            this.names = names;
            this.figures = figures;
        }

        @Override
        public void add(int query, QueryRow row) {
            for (int i = 0; i < names.size(); i++) {
                counts.put(names.get(i), row.number(KEYS + i));
            }
        }

        @Override
        public Map<String, @Nullable Double> figures() {
            return figures.apply(new Counts(counts));
        }
    }

    private static FigureDefinition definition(String name) {
        return FigureDefinition.all().stream()
                .filter(definition -> definition.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
