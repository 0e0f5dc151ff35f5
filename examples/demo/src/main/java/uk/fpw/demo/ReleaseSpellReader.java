package uk.fpw.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.release.ReleaseTableReader;

/** Reads single items of a release: their spells in the queues, and which items are excluded. */
final class ReleaseSpellReader {

    private final ReleaseTableReader rows;

    ReleaseSpellReader(WarehouseCatalog catalog) {
        this.rows = new ReleaseTableReader(catalog);
    }

    /**
     * One spell of one item in one queue.
     *
     * @param item its key, {@code source:pseudonym}
     * @param behind the case or person behind it, {@code source:pseudonym}
     * @param deviceType null if the item is not a device, or if unknown
     * @param leftOn null while it waits
     * @param leftAs null exactly when {@code leftOn} is
     */
    record Spell(
            String queue,
            String item,
            String behind,
            @Nullable String deviceType,
            boolean isReentry,
            LocalDate enteredOn,
            @Nullable LocalDate leftOn,
            @Nullable String leftAs) {

        boolean waitsAtTheEndOf(LocalDate day) {
            return !enteredOn.isAfter(day) && (leftOn == null || leftOn.isAfter(day));
        }

        /** Its state at the end of a day; null if it had not started. */
        @Nullable
        Spell upTo(LocalDate day) {
            if (enteredOn.isAfter(day)) {
                return null;
            }
            boolean hasLeft = leftOn != null && !leftOn.isAfter(day);
            return hasLeft || leftOn == null
                    ? this
                    : new Spell(queue, item, behind, deviceType, isReentry, enteredOn, null, null);
        }
    }

    List<Spell> of(Release release) {
        List<Spell> spells = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows.read(
                release,
                "core.spell",
                List.of(
                        "queue",
                        "item_key",
                        "contributor_key",
                        "is_reentry",
                        "entered_on",
                        "left_on",
                        "left_as",
                        "slices"))) {
            Object type = row.get("slices") instanceof Map<?, ?> slices ? slices.get("device_type") : null;
            if (row.get("entered_on") instanceof LocalDate enteredOn) {
                spells.add(new Spell(
                        String.valueOf(row.get("queue")),
                        String.valueOf(row.get("item_key")),
                        String.valueOf(row.get("contributor_key")),
                        type == null ? null : type.toString(),
                        Boolean.TRUE.equals(row.get("is_reentry")),
                        enteredOn,
                        row.get("left_on") instanceof LocalDate leftOn ? leftOn : null,
                        row.get("left_as") == null ? null : String.valueOf(row.get("left_as"))));
            }
        }
        return spells;
    }

    /** Keys of the items that the release excludes. */
    Set<String> excluded(Release release) {
        Set<String> items = new HashSet<>();
        rows.read(release, "core.exclusion", List.of("item_key"))
                .forEach(row -> items.add(String.valueOf(row.get("item_key"))));
        return items;
    }
}
