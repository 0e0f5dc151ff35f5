package uk.fpw.audit;

import java.util.List;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.BaselineSpells;

/**
 * Pairs the spells of a candidate with those of the current release, for each queue, as of the last day that both
 * know. What happened after that day is new, not changed; so is the exit of an item that was open, however late it is
 * recorded. Creates the views {@code compared_queue} and {@code spell_pair}.
 */
final class SpellPairs {

    static final Model SPELL = Models.find("core.spell").orElseThrow();

    /** The columns of the release's spells that are compared; tables of earlier versions have them too. */
    private static final List<String> COMPARED =
            List.of("spell_id", "queue", "item_key", "entered_on", "left_on", "left_as", "slices");

    private SpellPairs() {}

    /** Creates the views; {@code spell} and the definitions of the force must exist. */
    static void show(AuditSession session, BaselineSpells released) {
        session.createTable(
                "baseline_queue",
                AuditQuery.named("baseline_queue")
                        .with("queues", List.copyOf(released.knownTo().keySet()))
                        .with("known_to", List.copyOf(released.knownTo().values())));
        session.createView("compared_queue", AuditQuery.named("compared_queue"));
        session.show("baseline_spell", SPELL, new AuditRequest.Table(SPELL.table(), COMPARED, released.files()));
        session.createFunction(
                "spell_pair_side(source)", AuditQuery.named("spell_pair_side").with("source", "source"));
        session.createView("spell_pair", AuditQuery.named("spell_pair"));
    }
}
