package uk.fpw.audit.change;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.QueryRow;
import uk.fpw.audit.session.RecomputedMart;
import uk.fpw.audit.session.ReplacedTables;
import uk.fpw.model.ChangeCause;
import uk.fpw.model.FigureDefinition;
import uk.fpw.warehouse.message.AuditRequest;

/**
 * Recomputes statistics that do not add up over spells, step by step: first from the spells of the replaced release
 * as of its date, then, in the order of {@link ChangeCause}, with the changed spells of one more cause as the new
 * release has them; "time passed" also moves the date to that of the new release. A queue only has that step and
 * those of causes that occur among its changed spells. Creates the table {@code statistic_step}.
 */
final class StatisticSteps {

    private StatisticSteps() {}

    /**
     * Creates the table; needs {@link ChangedSpells}, {@link RedefinedQueues} and {@link ReplacedTables}. With more
     * spells than a run recounts in full, only the totals are computed.
     *
     * @param isRecomputed whether all queues are computed, because their statistics may differ from what the spells of
     *     the replaced release say
     * @return whether slices were computed too
     */
    static boolean compute(AuditSession session, boolean isRecomputed) {
        session.createTable(
                "statistic_queue", AuditQuery.named("statistic_queue").with("is_recomputed", isRecomputed));
        session.createTable(
                "statistic_cause", AuditQuery.named("statistic_cause").with("causes", ChangeCause.names()));
        session.createTable("statistic_step", AuditQuery.named("statistic_step_none"));
        boolean isWithSlices = session.number(AuditQuery.named("statistic_spell_count")) <= AuditRequest.OF_A_RUN;
        for (QueryRow order : session.rows(AuditQuery.named("statistic_cause_order"))) {
            step(session, order.number(0), isWithSlices);
        }
        return isWithSlices;
    }

    /** Computes one step for all queues that have it; at a time, these are at most the spells of a release. */
    private static void step(AuditSession session, long order, boolean isWithSlices) {
        session.createSchema("step");
        session.in("step", () -> {
            session.createTable(
                    "queue_definition",
                    AuditQuery.named("step_queue_definition")
                            .with("cause_order", order)
                            .with("causes", ChangeCause.names())
                            .with("is_with_slices", isWithSlices));
            session.createTable("queue_standard", AuditQuery.named("step_queue_standard"));
            session.createTable("spell", AuditQuery.named("step_spell").with("cause_order", order));
            List<FigureDefinition> definitions = RecomputedMart.all().stream()
                    .map(mart -> StatisticSource.of(mart).definition())
                    .toList();
            for (FigureDefinition definition :
                    FigureDefinition.withSources(definitions, Set.of("spell", "queue_daily"))) {
                session.createTable(definition);
                if (definition.name().equals("series_spell")) {
                    session.createTable("queue_daily", AuditQuery.named("step_queue_daily"));
                }
            }
            RecomputedMart.all().forEach(mart -> compute(session, mart, Math.toIntExact(order)));
        });
        session.dropSchema("step");
    }

    /** The statistics of one table as of a step. */
    private static void compute(AuditSession session, RecomputedMart mart, int order) {
        StatisticSource source = StatisticSource.of(mart);
        Map<List<@Nullable Object>, StatisticSource.Cohort> cohorts = new LinkedHashMap<>();
        for (int query = 0; query < source.queries().size(); query++) {
            int current = query;
            session.forEach(source.queries().get(query), row -> cohorts.computeIfAbsent(
                            new ArrayList<>(row.values().subList(0, StatisticSource.KEYS)),
                            any -> source.cohort().get())
                    .add(current, row));
        }
        List<List<@Nullable Object>> found = new ArrayList<>();
        cohorts.forEach((key, cohort) -> found.addAll(statistics(mart, key, order, cohort.figures())));
        session.append("statistic_step", found);
    }

    /** Rows of {@code statistic_step}: each statistic of a cohort. */
    private static List<List<@Nullable Object>> statistics(
            RecomputedMart mart, List<@Nullable Object> key, int order, Map<String, @Nullable Double> figures) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (String measure : mart.statistics()) {
            if (!figures.containsKey(measure)) {
                throw new IllegalStateException(mart.model().table() + ".yml: " + measure
                        + ": explained 'recomputed', but the class that computes the table does not compute it");
            }
            rows.add(Arrays.asList(
                    key.get(0),
                    order,
                    mart.model().name(),
                    key.get(1),
                    key.get(2),
                    key.get(3),
                    key.get(4),
                    measure,
                    figures.get(measure)));
        }
        return rows;
    }

    /** Drops tables that were only needed for the statistics, to free their memory. */
    static void forget(AuditSession session) {
        List.of("statistic_step", "statistic_cause", "statistic_queue").forEach(session::dropTable);
    }
}
