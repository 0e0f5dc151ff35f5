package uk.fpw.warehouse.load;

/**
 * Where a row is, in one number: the number of its file in a list of files and, in the lower bits, its position in that
 * file.
 */
final class RowLocation {

    private static final int POSITION_BITS = 40;

    private RowLocation() {}

    static long of(int file, long position) {
        return (long) file << POSITION_BITS | position;
    }

    static int file(long place) {
        return (int) (place >>> POSITION_BITS);
    }

    static long position(long place) {
        return place & ((1L << POSITION_BITS) - 1);
    }
}
