package uk.fpw.audit;

import static uk.fpw.model.DuckSql.text;

import java.util.List;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.run.AuditRequest;
import uk.fpw.warehouse.run.BaselineSpells;

/**
 * The spells of a candidate beside those of the current release, queue by queue, as both know them on the last day that
 * both know: what happened after it is news and no change, and so is the exit of an item that was open, however late it
 * is recorded. As the views {@code compared_queue} and {@code spell_pair}.
 */
final class SpellPairs {

    /** The table whose rows are compared. */
    static final Model SPELL = Models.find("core.spell").orElseThrow();

    /** What is read of the release's spells; a table of an earlier version has these too. */
    private static final List<String> COMPARED =
            List.of("spell_id", "queue", "item_key", "entered_on", "left_on", "left_as", "slices");

    private static final String QUEUES = """
            create view compared_queue as
            select
                *,
                known_to - provisional_days as settled_to
            from (
                select
                    earlier.queue,
                    definition.provisional_days,
                    least(earlier.known_to, definition.data_as_at) as known_to,
                    cast(greatest(definition.data_as_at - earlier.known_to, 1) as integer) as span_days
                from baseline_queue as earlier
                inner join queue_definition as definition
                    on earlier.queue = definition.queue
            )
            """;

    /** For both; an exit after the last day known to both does not count. */
    private static final String KNOWN_SPELLS = """
            select
                spell.spell_id,
                spell.queue,
                spell.item_key,
                spell.left_as,
                spell.entered_on > compared.known_to - 28 as is_recent,
                spell.left_on is null or spell.left_on > compared.known_to as is_open,
                spell.entered_on <= compared.settled_to
                and (spell.left_on is null or spell.left_on > compared.settled_to) as is_open_then,
                case when spell.left_on <= compared.known_to then {'left_on': spell.left_on, 'left_as': spell.left_as} \
            end as way_out,
                spell.slices
            from %s as spell
            inner join compared_queue as compared
                on spell.queue = compared.queue
            where spell.entered_on <= compared.known_to
            """;

    /** {@code left_as} is what is known now. */
    private static final String PAIRS = """
            create view spell_pair as
            with

            released as (

            %s
            ),

            found as (

            %s
            )

            select
                coalesce(released.queue, found.queue) as queue,
                coalesce(released.spell_id, found.spell_id) as spell_id,
                released.item_key,
                released.spell_id is not null as was_there,
                found.spell_id is not null as is_there,
                coalesce(released.is_recent, false) as is_recent,
                case
                    when released.slices is not distinct from found.slices then false
                    -- their order says nothing
                    else list_sort(map_entries(released.slices)) is distinct from list_sort(map_entries(found.slices))
                end
                or released.way_out is not null and released.way_out is distinct from found.way_out as differs,
                released.way_out is null and found.way_out is not null as has_left_late,
                coalesce(released.is_open, false) as was_open,
                coalesce(found.is_open, false) as is_open,
                coalesce(released.is_open_then, false) as was_open_then,
                coalesce(found.is_open_then, false) as is_open_then,
                case when found.spell_id is null then '(gone)' else found.left_as end as left_as
            from released
            full join found
                on released.spell_id = found.spell_id
            """;

    private SpellPairs() {}

    /** Makes the views; {@code spell} and what the force defines must be there. */
    static void show(AuditSession session, BaselineSpells released) {
        session.show("baseline_spell", SPELL, new AuditRequest.Table(SPELL.table(), COMPARED, released.files()));
        session.execute("create table baseline_queue (queue varchar, known_to date)");
        released.knownTo()
                .forEach((queue, day) ->
                        session.execute("insert into baseline_queue values (" + text(queue) + ", " + text(day) + ")"));
        session.execute(QUEUES);
        session.execute(PAIRS.formatted(KNOWN_SPELLS.formatted("baseline_spell"), KNOWN_SPELLS.formatted("spell")));
    }
}
