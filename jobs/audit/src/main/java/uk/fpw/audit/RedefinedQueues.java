package uk.fpw.audit;

import java.util.List;
import java.util.stream.Collectors;
import uk.fpw.model.ChangeCause;
import uk.fpw.model.DuckSql;
import uk.fpw.warehouse.run.FigureChangeRequest;

/**
 * The queues whose figures may differ although no row has changed: as the table {@code redefined_queue}, and, of which
 * all spells have to be counted by both definitions, as {@code recounted_queue} with the cause of that difference.
 */
final class RedefinedQueues {

    /** What of a definition changes how spells are counted. */
    private static final String BASIS = """
            create view %1$s.basis as
            select
                definition.queue,
                cast(
                    {
                        'observed_from': definition.observed_from,
                        'earliest_entry': definition.earliest_entry,
                        'slices': list_sort(definition.slices),
                        'has_stages': definition.queue in (
                            select stage.parent_queue from %1$s.queue_definition as stage
                            where stage.parent_queue is not null
                        ),
                        'standards': standards.listed
                    } as varchar
                ) as counted_by
            from %1$s.queue_definition as definition
            left join (
                select
                    queue,
                    list({
                        'within_days': within_days,
                        'within_hours': within_hours,
                        'conditions': conditions
                    } order by standard_order) as listed
                from %1$s.queue_standard
                group by queue
            ) as standards
                on definition.queue = standards.queue
            """;

    /**
     * The stages of a queue and the queue itself decide together which items are out of order: if one of them is
     * changed, new or gone, all are redefined.
     */
    private static final String REDEFINED = """
            create table redefined_queue as
            with

            family as (

                select
                    queue,
                    coalesce(parent_queue, queue) as whole
                from replaced.queue_definition
                union
                select
                    queue,
                    coalesce(parent_queue, queue)
                from main.queue_definition

            ),

            redefined as (

                select queue from different_basis
                union
                select unnest(cast([%s] as varchar[]))
                union
                (
                    select queue from main.queue_definition
                    except
                    select queue from replaced.queue_definition
                )
                union
                (
                    select queue from replaced.queue_definition
                    except
                    select queue from main.queue_definition
                )

            )

            select distinct queue
            from family
            where whole in (select family.whole from family semi join redefined using (queue))
            """;

    private static final String DIFFERENT = """
            create table different_basis as
            select definition.queue
            from main.basis as definition
            inner join replaced.basis as replaced
                on definition.queue = replaced.queue
            where definition.counted_by is distinct from replaced.counted_by
            """;

    /**
     * A queue whose figures begin on another day counts flows from another day on; the spell that moved the day is the
     * earliest one that has changed, and of several on one day that with the first cause.
     */
    private static final String RECOUNTED = """
            create table recounted_queue as
            select
                compared.queue,
                case
                    when compared.queue in (select different_basis.queue from different_basis) then 'definition'
                    when compared.replaced_first_day is not distinct from compared.new_first_day then 'definition'
                    else coalesce(earliest.cause, 'unexplained')
                end as cause
            from compared_figures as compared
            left join (
                select
                    queue,
                    first(cause order by first_on, %2$s) as cause
                from changed_spell
                group by queue
            ) as earliest
                on compared.queue = earliest.queue
            where
                %1$s
                or compared.queue in (select different_basis.queue from different_basis)
                or compared.replaced_first_day is distinct from compared.new_first_day
            """;

    private RedefinedQueues() {}

    /** Makes {@code redefined_queue}; {@link ReplacedTables} must be shown. */
    static void find(AuditSession session, FigureChangeRequest request) {
        List.of("replaced", "main").forEach(schema -> session.execute(BASIS.formatted(schema)));
        session.execute(DIFFERENT);
        session.execute(REDEFINED.formatted(request.differences().redefinedQueues().stream()
                .map(DuckSql::text)
                .collect(Collectors.joining(", "))));
    }

    /** Makes {@code recounted_queue}; {@link ChangedSpells} must be there. */
    static void findRecounted(AuditSession session, FigureChangeRequest request) {
        session.execute(RECOUNTED.formatted(request.differences().isOtherCount(), ChangeCause.order("cause")));
    }
}
