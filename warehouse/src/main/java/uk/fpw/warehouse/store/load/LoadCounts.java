package uk.fpw.warehouse.store.load;

/**
 * What became of the rows of an extract: {@code received = loaded + unchanged + repeated + superseded + refused +
 * kept out}.
 *
 * @param received rows in the extract
 * @param loaded new or changed rows, including current rows that the source marks as deleted
 * @param unchanged rows equal to their current version, and rows marked as deleted that were not current
 * @param repeated exact duplicates of an earlier row of the extract that was loaded or unchanged
 * @param superseded rows whose key has a later version, either in the same extract by the feed's order column, or in a
 *     file of a later date loaded earlier
 * @param refused rows that could not be stored
 * @param keptOut rows that were erased from the warehouse and that the source still sends
 * @param deleted current rows that the source no longer has: marked as deleted (included in loaded) or missing from a
 *     full extract (not included in received)
 * @param flagged loaded rows with an ambiguous local time, for which the earlier one was used
 * @param emptyKey refused rows with an empty key or key part, which do not belong to the feed
 * @param unreadableKey refused rows whose key could not be read, and which may be rows that appear to be missing
 * @param held current rows missing from a full extract but not deleted, because they may be among the rows with
 *     unreadable keys
 */
public record LoadCounts(
        long received,
        long loaded,
        long unchanged,
        long repeated,
        long superseded,
        long refused,
        long keptOut,
        long deleted,
        long flagged,
        long emptyKey,
        long unreadableKey,
        long held) {

    /** Counts of an extract without repeated, superseded and kept-out rows and unreadable keys. */
    public LoadCounts(long received, long loaded, long unchanged, long refused, long deleted, long flagged) {
        this(received, loaded, unchanged, 0, 0, refused, 0, deleted, flagged, 0, 0, 0);
    }

    /** Whether anything must be written to {@code raw}. */
    public boolean changesSomething() {
        return loaded + deleted > 0;
    }

    /** Whether the counts add up to the received rows. */
    public boolean addUp() {
        return received == loaded + unchanged + repeated + superseded + refused + keptOut
                && emptyKey + unreadableKey <= refused;
    }
}
