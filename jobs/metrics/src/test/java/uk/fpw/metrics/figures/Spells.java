package uk.fpw.metrics.figures;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.ContributorHash;
import uk.fpw.metrics.cube.SpellBlock;
import uk.fpw.metrics.series.ComparisonSpec;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.QueueSpec;

/** Observed spells for tests, and the rows of the marts of waiting that follow from their counts. */
final class Spells {

    static final LocalDate AS_OF = LocalDate.of(2016, 1, 12);

    /** The one reason that does not mean that the work was done. */
    static final String UNSERVED = "withdrawn";

    private record Spell(String contributor, ObservedSpell observed, List<String> sliceValues) {}

    private final List<QueueSpec> queues = new ArrayList<>();
    private final List<Spell> spells = new ArrayList<>();

    /** A queue with its slices and, in alphabetical order, its reasons. */
    Spells queue(String queue, int provisionalDays, List<String> slices, List<String> reasons) {
        return queue(queue, provisionalDays, slices, reasons, List.of());
    }

    /** The same, with comparisons of its waits. */
    Spells queue(
            String queue,
            int provisionalDays,
            List<String> slices,
            List<String> reasons,
            List<ComparisonSpec> comparisons) {
        queues.add(new QueueSpec(
                queue,
                1,
                "device",
                "devices",
                QueueSpec.Stages.NONE,
                QueueSpec.NONE,
                QueueSpec.NONE,
                (int) LocalDate.of(1900, 1, 1).toEpochDay(),
                (int) AS_OF.toEpochDay(),
                null,
                provisionalDays,
                slices,
                List.of(),
                reasons,
                reasons.stream().map(reason -> !reason.equals(UNSERVED)).toList(),
                List.of("further work"),
                List.of(0),
                List.of(),
                uk.fpw.warehouse.force.queue.Service.WORKING_DAYS,
                new QueueSpec.Analysis(comparisons, List.of(), Map.of())));
        return this;
    }

    /** A spell observed from one day of its wait to another; it lasts to the business date unless there is a reason. */
    void wait(String queue, Map<String, String> slices, int firstDay, int exitDay, @Nullable String reason) {
        // Anyone who left did so some time ago: when does not matter to the curve.
        LocalDate entered = AS_OF.minusDays(exitDay + (reason == null ? 0L : 100L));
        add(
                queue,
                "case " + spells.size(),
                false,
                slices,
                entered,
                entered.plusDays(firstDay),
                entered.plusDays(exitDay),
                reason);
    }

    void add(
            String queue,
            String contributor,
            boolean isReentry,
            Map<String, String> slices,
            LocalDate enteredOn,
            LocalDate observedFromOn,
            LocalDate observedToOn,
            @Nullable String leftAs) {
        int position = Stream.iterate(0, i -> i + 1)
                .filter(i -> queues.get(i).name().equals(queue))
                .findFirst()
                .orElseThrow();
        QueueSpec spec = queues.get(position);
        int entered = (int) enteredOn.toEpochDay();
        int observedTo = (int) observedToOn.toEpochDay();
        spells.add(new Spell(
                contributor,
                new ObservedSpell(
                        position,
                        isReentry ? 0 : -1,
                        true,
                        true,
                        entered,
                        entered,
                        leftAs == null ? QueueSpec.NONE : observedTo,
                        leftAs == null ? -1 : spec.exitReasons().indexOf(leftAs),
                        leftAs != null,
                        QueueSpec.NONE,
                        (int) observedFromOn.toEpochDay(),
                        observedTo,
                        0,
                        false,
                        false,
                        List.of()),
                spec.slices().stream().map(slices::get).toList()));
    }

    /** The same spells in the opposite order. */
    Spells reversed() {
        Collections.reverse(spells);
        return this;
    }

    /** What follows from the spells. */
    record Marts(List<Row> curve, List<Row> summary) {}

    /** A row of a mart by the names of its columns. */
    record Row(Map<String, Object> values) {

        boolean has(String column, Object value) {
            return value.equals(values.get(column));
        }

        String text(String column) {
            return String.valueOf(values.get(column));
        }

        int day(String column) {
            return (Integer) Objects.requireNonNull(values.get(column), column);
        }

        long count(String column) {
            return (Long) Objects.requireNonNull(values.get(column), column);
        }

        @Nullable
        Double number(String column) {
            return (Double) values.get(column);
        }
    }

    /** The rows of the marts, counted in so many parts. */
    Marts marts(int parts) {
        Map<String, List<Row>> rows = rows(parts, Set.of("mart.wait_curve", "mart.wait_summary"));
        return new Marts(
                rows.getOrDefault("mart.wait_curve", List.of()), rows.getOrDefault("mart.wait_summary", List.of()));
    }

    /** The rows of some marts, counted in so many parts, as if all items were independent. */
    Map<String, List<Row>> rows(int parts, Set<String> marts) {
        return rows(TestMartRows.of(queues, (int) AS_OF.toEpochDay(), blocks(parts), marts));
    }

    /** The rows with variances by contributor. */
    Map<String, List<Row>> byContributor(int parts, Set<String> marts) {
        return rows(TestMartRows.byContributor(queues, (int) AS_OF.toEpochDay(), blocks(parts), marts));
    }

    private static Map<String, List<Row>> rows(Map<String, List<Map<String, Object>>> found) {
        Map<String, List<Row>> rows = new TreeMap<>();
        found.forEach(
                (mart, values) -> rows.put(mart, values.stream().map(Row::new).toList()));
        return rows;
    }

    private List<SpellBlock> blocks(int parts) {
        List<SpellBlock> blocks = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            blocks.add(new SpellBlock(queues));
        }
        for (Spell spell : spells) {
            ContributorHash contributor = ContributorHash.of(spell.contributor());
            blocks.get(contributor.partition(parts))
                    .add(contributor, spell.observed(), spell.sliceValues().toArray(String[]::new));
        }
        return blocks;
    }
}
