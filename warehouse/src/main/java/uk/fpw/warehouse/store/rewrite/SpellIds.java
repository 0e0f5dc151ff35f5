package uk.fpw.warehouse.store.rewrite;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.RowIds;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.load.key.KeyIndex;

/**
 * Replaces the ids of {@code core.spell}, which are derived from the opening events. Verifies that the derivation
 * yields the old id.
 */
final class SpellIds implements RowChange {

    private final KeyedTexts texts;
    private final KeyFormat before;

    /** By spell id: the 1-based number of the opening event's name, and its order. */
    private final KeyIndex openings;

    private final List<String> events = new ArrayList<>();
    private final Set<String> queues = new TreeSet<>();
    private final Set<String> unexplained = new HashSet<>();
    private String file = "";

    /**
     * Finds the opening event of every spell.
     *
     * @param before format of the existing ids
     */
    SpellIds(KeyedTexts texts, KeyFormat before, RewrittenTable spells, RewrittenTable eventTable, IndexMemory memory) {
        this.texts = texts;
        this.before = before;
        this.openings = new KeyIndex(memory, 0);
        spells.forEach(spell -> {
            queues.add(text(spell, "queue"));
            openings.put(text(spell, "spell_id"), 0, 0);
        });
        eventTable.forEach(this::addOpening);
    }

    private void addOpening(Record event) {
        RowIds.Opening opening = new RowIds.Opening(
                text(event, "event"),
                (LocalDate) event.getField("occurred_on"),
                micros(event.getField("occurred_at")),
                ((Number) event.getField("event_order")).longValue());
        for (String queue : queues) {
            String id = RowIds.ofSpell(before, queue, text(event, "item_key"), opening);
            if (openings.find(id) >= 0) {
                int number = events.indexOf(opening.event());
                if (number < 0) {
                    number = events.size();
                    events.add(opening.event());
                }
                openings.put(id, number + 1, opening.order());
            }
        }
    }

    @Override
    public void begin(String location) {
        file = location;
    }

    @Override
    public boolean change(Record spell) {
        String id = text(spell, "spell_id");
        texts.change(spell);
        int place = openings.find(id);
        if (place < 0 || openings.first(place) == 0) {
            unexplained.add(file);
            return false;
        }
        String now = RowIds.ofSpell(
                KeyFormat.BASE32,
                text(spell, "queue"),
                text(spell, "item_key"),
                new RowIds.Opening(
                        events.get((int) openings.first(place) - 1),
                        (LocalDate) spell.getField("entered_on"),
                        micros(spell.getField("entered_at")),
                        openings.second(place)));
        spell.setField("spell_id", now);
        return !now.equals(id);
    }

    /** Files with spells without an opening event, as written by a killed run. */
    Set<String> unexplained() {
        return unexplained;
    }

    void release() {
        openings.release();
    }

    private static @Nullable Long micros(@Nullable Object time) {
        return time instanceof OffsetDateTime at ? ChronoUnit.MICROS.between(Instant.EPOCH, at.toInstant()) : null;
    }

    private static String text(Record row, String field) {
        return String.valueOf(row.getField(field));
    }
}
