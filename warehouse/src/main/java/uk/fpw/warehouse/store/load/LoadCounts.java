package uk.fpw.warehouse.store.load;

/**
 * Where the rows of one extract went: {@code received = loaded + unchanged + repeated + superseded + refused}.
 *
 * @param received rows in the extract
 * @param loaded rows that were new or changed, among them those that the source marks as deleted and that were current
 * @param unchanged rows equal to their current version, or marked as deleted and not current
 * @param repeated exact duplicates of an earlier row of the extract that was loaded or unchanged
 * @param superseded rows of whose key a later version is known: in the same extract, by the feed's order column, or in
 *     a file of a later date that was loaded before
 * @param refused rows that could not be stored
 * @param deleted current rows that the source no longer has: marked as deleted (these are among the loaded) or missing
 *     from a full extract (these are not received)
 * @param flagged loaded rows with an ambiguous local time, of which the earlier was taken
 * @param emptyKey refused rows whose key, or a part of it, is empty: none of the feed's rows
 * @param unreadableKey refused rows whose key could not be read, so that they may be rows that seem to be missing
 * @param held current rows that are missing from a full extract and not deleted, since their keys may be among the
 *     unreadable ones
 */
public record LoadCounts(
        long received,
        long loaded,
        long unchanged,
        long repeated,
        long superseded,
        long refused,
        long deleted,
        long flagged,
        long emptyKey,
        long unreadableKey,
        long held) {

    /** Counts of an extract that repeats no row, and all of whose keys could be read. */
    public LoadCounts(long received, long loaded, long unchanged, long refused, long deleted, long flagged) {
        this(received, loaded, unchanged, 0, 0, refused, deleted, flagged, 0, 0, 0);
    }

    /** Whether anything is to be written to {@code raw}. */
    public boolean changesSomething() {
        return loaded + deleted > 0;
    }

    /** Whether every row that was received went somewhere. */
    public boolean addUp() {
        return received == loaded + unchanged + repeated + superseded + refused && emptyKey + unreadableKey <= refused;
    }
}
