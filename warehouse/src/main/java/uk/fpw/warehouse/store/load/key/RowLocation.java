package uk.fpw.warehouse.store.load.key;

/**
 * Where a row is, in one number: the number of its file in a list of files and, in the lower bits, its position in that
 * file.
 */
public final class RowLocation {

    private static final int POSITION_BITS = 40;

    private RowLocation() {}

    /** A place as one number. */
    public static long of(int file, long position) {
        return (long) file << POSITION_BITS | position;
    }

    /** Number of the file in a place. */
    public static int file(long place) {
        return (int) (place >>> POSITION_BITS);
    }

    /** Position of the row in that file, from 0. */
    public static long position(long place) {
        return place & ((1L << POSITION_BITS) - 1);
    }
}
