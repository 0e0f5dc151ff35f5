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
 * Of what the statistics of a table are computed again, and the class that computes them: the one that computed the
 * published ones.
 *
 * @param definition whose rows are needed
 * @param rows queue, slice, slice value, standard and cohort, then what is counted; the rows of one cohort come one after
 *     the other
 * @param figures the statistics of one cohort, by column; null where there is none
 */
record StatisticSource(
        FigureDefinition definition, AuditQuery rows, Function<List<QueryRow>, Map<String, @Nullable Double>> figures) {

    /** How many columns say whose statistics a row is about. */
    static final int KEYS = 5;

    /** Counts by their names. */
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

    /** Waits of cohorts, as the spells of each were observed. */
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

    /** Counts of a table's own definition, by their names. */
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
