package uk.fpw.audit;

import static uk.fpw.model.DuckSql.text;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.fpw.model.DuckSql;
import uk.fpw.model.FigureDefinition;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.run.AuditRequest;
import uk.fpw.warehouse.run.FigureChangeRequest.ReplacedRelease;

/**
 * The release that a candidate replaces, beside it: its tables and the definitions of its force in schema
 * {@code replaced}, and the published figures of both.
 */
final class ReplacedTables {

    /** Its definition lists the counts of a month. */
    private static final String MONTHLY = "queue_monthly";

    private static final String DAILY = "queue_daily";

    /**
     * What both have, and how far it is known in both. The first days are those of the figures, since flows before them
     * are not counted.
     */
    private static final String COMPARED = """
            create table compared_figures as
            select
                definition.queue,
                least(replaced.data_as_at, definition.data_as_at) as known_to,
                replaced.data_as_at as replaced_known_to,
                definition.data_as_at as new_known_to,
                replaced_day.first_day as replaced_first_day,
                new_day.first_day as new_first_day
            from replaced.queue_definition as replaced
            inner join main.queue_definition as definition
                on replaced.queue = definition.queue
            left join (select queue, min(day) as first_day from replaced.queue_daily group by queue) as replaced_day
                on definition.queue = replaced_day.queue
            left join (select queue, min(day) as first_day from main.queue_daily group by queue) as new_day
                on definition.queue = new_day.queue
            where replaced.data_as_at is not null and definition.data_as_at is not null
            """;

    /** A queue without a standard or without stages has no such count, where it is null. */
    private static final String FIGURES = """
            create view %1$s.figure as
            select
                queue,
                slice,
                slice_value,
                'all' as exit_reason,
                'month' as period_kind,
                month_start_on as period_start_on,
                month_end_on as period_end_on,
                is_available,
                unnest([%2$s], recursive := true)
            from %1$s.queue_monthly
            union all
            select
                queue,
                slice,
                slice_value,
                'all',
                'week',
                week_start_on,
                week_end_on,
                is_available,
                unnest([%2$s], recursive := true)
            from %1$s.queue_weekly
            union all
            select
                queue,
                slice,
                slice_value,
                'all',
                'day',
                day,
                day,
                is_available,
                unnest([%3$s], recursive := true)
            from %1$s.queue_daily
            where day = %4$s
            union all
            select
                queue,
                slice,
                slice_value,
                exit_reason,
                'month',
                month_start_on,
                last_day(month_start_on),
                is_available,
                'left_count' as measure,
                if(is_available, left_count, null)
            from %1$s.queue_exit
            """;

    /** What a release counts, with 0 where it has no row. */
    private static final String COUNTED = """
            create view %1$s.counted_queue as
            select
                definition.queue,
                list_prepend('all', definition.slices) as slices,
                definition.queue in (select standard.queue from %1$s.queue_standard as standard) as has_standards,
                definition.queue in (
                    select stage.parent_queue from %1$s.queue_definition as stage where stage.parent_queue is not null
                ) as has_stages
            from %1$s.queue_definition as definition
            """;

    private ReplacedTables() {}

    /** Makes the schema; the candidate's tables must be there. */
    static void show(AuditSession session, ReplacedRelease replaced) {
        session.execute("create schema replaced");
        session.execute("set search_path = 'replaced'");
        session.define(replaced.definitions());
        for (AuditRequest.Table table : replaced.tables()) {
            Model model = Models.find(table.name()).orElseThrow();
            session.show(model.name(), model, table);
        }
        session.execute("set search_path = 'main'");
    }

    /**
     * Makes {@code compared_figures}, and {@code figure} and {@code counted_queue} of both releases.
     *
     * @param replacedAsAt business date of the replaced release, such as {@code 2016-01-12}: the day of which it had
     *     figures that were new
     */
    static void showFigures(AuditSession session, String replacedAsAt) {
        session.execute(COMPARED);
        for (String schema : List.of("replaced", "main")) {
            String value = "if(is_available, %s, null)";
            session.execute(FIGURES.formatted(
                    schema, measureStructs(value), dayMeasureStructs(value), "date " + text(replacedAsAt)));
            session.execute(COUNTED.formatted(schema));
        }
    }

    /**
     * The counts of a month or week as list entries with their names.
     *
     * @param value SQL of the value of a column
     */
    static String measureStructs(String value) {
        return structs(measures(MONTHLY), value);
    }

    /** The same of a day, which is not counted by what was served. */
    static String dayMeasureStructs(String value) {
        List<String> ofADay = measures(DAILY).toList();
        return structs(measures(MONTHLY).filter(ofADay::contains), value);
    }

    private static String structs(Stream<String> measures, String value) {
        return measures.map(measure -> "{'measure': " + text(measure) + ", 'figure': cast("
                        + value.formatted(DuckSql.name(measure)) + " as bigint)}")
                .collect(Collectors.joining(", "));
    }

    /**
     * The counts that follow from spells one by one: those that the definition of a month lists. A week has the same.
     */
    private static Stream<String> measures(String period) {
        return FigureDefinition.all().stream()
                .filter(definition -> definition.name().equals(period))
                .flatMap(definition -> definition.comparisons().stream())
                .filter(comparison -> comparison.table().equals("mart." + period))
                .flatMap(comparison -> comparison.equal().stream());
    }
}
