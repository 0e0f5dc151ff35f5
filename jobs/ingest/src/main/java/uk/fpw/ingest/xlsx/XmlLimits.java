package uk.fpw.ingest.xlsx;

/**
 * Limits what an XML reader must keep in memory: a text, or an element with its attributes. A reader returns either
 * only when it has read all of it, so the limit is applied to the bytes beforehand.
 *
 * <p>For encodings in which {@code <} and {@code >} are single bytes that occur in no other character, such as UTF-8.
 */
final class XmlLimits {

    /** Five times the longest text that Excel allows. */
    static final int MAX_BYTES = 1 << 20;

    private static final int CDATA_BEGINS = '<' << 16 | '!' << 8 | '[';
    private static final int CDATA_ENDS = ']' << 16 | ']' << 8 | '>';

    private long position;
    private long opened;
    private long closed;
    private int lastThree;
    private boolean isInCdata;

    /**
     * Examines the next bytes; false if they contain a text or element that is too long, or if the encoding is not
     * supported.
     */
    boolean accept(byte[] bytes, int length) {
        for (int index = 0; index < length; index++) {
            int next = bytes[index] & 0xff;
            if (position < 2 && (next == 0 || next >= 0xfe)) {
                return false;
            }
            position++;
            lastThree = (lastThree << 8 | next) & 0xff_ffff;
            if (isInCdata) {
                isInCdata = lastThree != CDATA_ENDS;
            } else if (lastThree == CDATA_BEGINS) {
                isInCdata = true;
            }
            if (!isInCdata && next == '<') {
                opened = position;
            } else if (!isInCdata && next == '>') {
                closed = position;
            }
            if (position - Math.min(opened, closed) > MAX_BYTES) {
                return false;
            }
        }
        return true;
    }
}
