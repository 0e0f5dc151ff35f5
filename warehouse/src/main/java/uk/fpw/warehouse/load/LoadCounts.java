package uk.fpw.warehouse.load;

/**
 * Where the rows of one extract went: {@code received = loaded + unchanged + refused}.
 *
 * @param received rows in the extract
 * @param loaded rows that were new or changed, among them those that the source marks as deleted and that were current
 * @param unchanged rows equal to their current version, or marked as deleted and not current
 * @param refused rows that could not be stored
 * @param deleted current rows that the source no longer has: marked as deleted (these are among the loaded) or missing from a full extract (these are not received)
 * @param flagged loaded rows with an ambiguous local time, of which the earlier was taken
 */
public record LoadCounts(long received, long loaded, long unchanged, long refused, long deleted, long flagged) {

    /** Whether anything is to be written to {@code raw}. */
    public boolean changesSomething() {
        return loaded + deleted > 0;
    }

    /** Whether every row that was received went somewhere. */
    public boolean addUp() {
        return received == loaded + unchanged + refused;
    }
}
