package uk.fpw.warehouse.store.load;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last comparison of a feed that reads changes with its whole source.
 *
 * @param on business date of the load that compared
 * @param found what the present load found; null if an earlier load compared
 */
public record LastReconcile(LocalDate on, @Nullable Found found) {

    private static final String ON = "fpw.reconciled-on";
    private static final String ADDED = "fpw.reconciled-added";
    private static final String CHANGED = "fpw.reconciled-changed";
    private static final String DELETED = "fpw.reconciled-deleted";

    /**
     * Changes that the cursor alone would have missed. They are also included in the loaded and deleted counts of the
     * load.
     *
     * @param added number of rows that the warehouse did not have
     * @param changed number of rows that had changed or that the source had marked as deleted
     * @param deleted number of rows that were missing from the source
     */
    public record Found(long added, long changed, long deleted) {}

    /** Writes it to the properties of a snapshot's summary. */
    void addTo(Map<String, String> summary) {
        summary.put(ON, on.toString());
        if (found != null) {
            summary.put(ADDED, Long.toString(found.added()));
            summary.put(CHANGED, Long.toString(found.changed()));
            summary.put(DELETED, Long.toString(found.deleted()));
        }
    }

    /** Reads it from a snapshot's summary; null if there is none. */
    static @Nullable LastReconcile of(Map<String, String> summary) {
        String on = summary.get(ON);
        String added = summary.get(ADDED);
        String changed = summary.get(CHANGED);
        String deleted = summary.get(DELETED);
        return on == null
                ? null
                : new LastReconcile(
                        LocalDate.parse(on),
                        added == null || changed == null || deleted == null
                                ? null
                                : new Found(Long.parseLong(added), Long.parseLong(changed), Long.parseLong(deleted)));
    }
}
