package uk.fpw.warehouse.load;

/**
 * Where the rows of one file went: {@code received = loaded + unchanged + refused}.
 *
 * @param received rows in the file
 * @param loaded rows that were new or changed
 * @param unchanged rows equal to their current version
 * @param refused rows that could not be stored
 * @param deleted current rows that a full extract no longer holds; not among the received
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
