package uk.fpw.audit;

import java.util.List;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.BaselineSpells;

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

    private SpellPairs() {}

    /** Makes the views; {@code spell} and what the force defines must be there. */
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
