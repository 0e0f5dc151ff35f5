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
 * Which of the current rows that a full extract does not have are deleted, and which are held. A row whose key cannot
 * be read may be one that seems to be missing, so that of n such rows up to n missing keys stay held for as long as
 * there are n, those first that have been missing longest. Beyond n a key is held if this is the first loaded date from
 * whose extract it is missing, and deleted if it was missing from the previous one too.
 *
 * @param missing current rows that the extract does not have
 * @param unreadable rows of the extract whose key could not be read
 * @param heldSince the held ones by key, with the date of the extract from which each was missing first
 */
public record MissingRows(long missing, long unreadable, Map<String, LocalDate> heldSince) {

    private record MissingKey(String key, LocalDate since) {}

    /** Nothing is missing. */
    static MissingRows none() {
        return new MissingRows(0, 0, Map.of());
    }

    /** Every missing row is deleted, since all keys could be read. */
    public static MissingRows allDeleted(long missing) {
        return new MissingRows(missing, 0, Map.of());
    }

    /**
     * Decides which rows are held.
     *
     * @param keys the missing keys
     * @param before what the load before held
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

    /** Rows that are not deleted yet. */
    long held() {
        return heldSince.size();
    }

    /** Rows that are deleted. */
    long deleted() {
        return missing - held();
    }

    /** Missing rows that cannot be among those whose key could not be read, so many there are. */
    long unexplained() {
        return Math.max(0, missing - unreadable);
    }

    /** Whether more rows would have to be held than can be remembered. */
    boolean areTooManyToHold() {
        return Math.min(missing, unreadable) > HeldKeys.MAX_KEYS;
    }

    /** Date of the extract from which the longest held row was missing first; null if none is held. */
    @Nullable
    LocalDate earliest() {
        return heldSince.values().stream().min(LocalDate::compareTo).orElse(null);
    }
}
