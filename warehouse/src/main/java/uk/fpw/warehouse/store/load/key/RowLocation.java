package uk.fpw.warehouse.store.load.key;

/**
 * The location of a row as a single number: the index of its file in a list and, in the lower bits, its position in
 * that file.
 */
public final class RowLocation {

    private static final int POSITION_BITS = 40;

    private RowLocation() {}

    /** Encodes a location. */
    public static long of(int file, long position) {
        return (long) file << POSITION_BITS | position;
    }

    /** Index of the file. */
    public static int file(long place) {
        return (int) (place >>> POSITION_BITS);
    }

    /** 0-based position of the row in that file. */
    public static long position(long place) {
        return place & ((1L << POSITION_BITS) - 1);
    }
}
