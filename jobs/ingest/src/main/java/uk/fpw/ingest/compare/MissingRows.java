package uk.fpw.ingest.compare;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.load.HeldKeys;

/**
 * Decides which current rows missing from a full extract are deleted and which are held. A row with an unreadable key
 * may be one that appears to be missing. Therefore, while there are n such rows, up to n missing keys are held, those
 * missing longest first. Any further key is held if this is the first extract from which it is missing, and deleted if
 * it was missing from the previous one too.
 *
 * @param missing number of current rows missing from the extract
 * @param unreadable number of rows in the extract whose key could not be read
 * @param heldSince held keys, each with the date of the first extract from which it was missing
 */
public record MissingRows(long missing, long unreadable, Map<String, LocalDate> heldSince) {

    private record MissingKey(String key, LocalDate since) {}

    /** No missing rows. */
    static MissingRows none() {
        return new MissingRows(0, 0, Map.of());
    }

    /** All missing rows are deleted, since all keys could be read. */
    public static MissingRows allDeleted(long missing) {
        return new MissingRows(missing, 0, Map.of());
    }

    /**
     * Decides which rows are held.
     *
     * @param keys the missing keys
     * @param before keys held by the previous load
     * @param sourceDate date of this extract
     */
    static MissingRows of(Set<String> keys, long unreadable, HeldKeys before, LocalDate sourceDate) {
        List<MissingKey> missing = new ArrayList<>(keys.size());
        for (String key : keys) {
            LocalDate since = before.since(key);
            missing.add(new MissingKey(key, since == null ? sourceDate : since));
        }
        missing.sort(Comparator.comparing(MissingKey::since).thenComparing(MissingKey::key));
        Map<String, LocalDate> held = new HashMap<>();
        for (MissingKey next : missing) {
            boolean mayBeUnreadable = held.size() < unreadable;
            boolean isFirstDate = !next.since().isBefore(sourceDate);
            if ((mayBeUnreadable || isFirstDate) && held.size() < HeldKeys.MAX_KEYS) {
                held.put(next.key(), next.since());
            }
        }
        return new MissingRows(keys.size(), unreadable, held);
    }

    /** Number of held rows. */
    long held() {
        return heldSince.size();
    }

    /** Number of deleted rows. */
    long deleted() {
        return missing - held();
    }

    /** Number of missing rows that exceeds the number of unreadable keys and so cannot be explained by them. */
    long unexplained() {
        return Math.max(0, missing - unreadable);
    }

    /** Whether more rows would have to be held than can be recorded. */
    boolean areTooManyToHold() {
        return Math.min(missing, unreadable) > HeldKeys.MAX_KEYS;
    }

    /** Date of the first extract from which the longest held row was missing; null if none is held. */
    @Nullable
    LocalDate earliest() {
        return heldSince.values().stream().min(LocalDate::compareTo).orElse(null);
    }
}
