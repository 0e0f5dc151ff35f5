package uk.fpw.ingest.xlsx;

/**
 * Limits what an XML reader must keep in memory: a text, or an element with its attributes. A reader shows
 * either only when it holds all of it, so that the bytes are looked at before.
 *
 * <p>Knows encodings in which {@code <} and {@code >} are bytes of their own, such as UTF-8.
 */
final class XmlLimits {

    /** A text of Excel's greatest length takes a fifth of it. */
    static final int MAX_BYTES = 1 << 20;

    private static final int CDATA_BEGINS = '<' << 16 | '!' << 8 | '[';
    private static final int CDATA_ENDS = ']' << 16 | ']' << 8 | '>';

    private long position;
    private long opened;
    private long closed;
    private int lastThree;
    private boolean isInCdata;

    /**
     * Looks at the next bytes; false if a text or an element among them is too long, or the encoding is another one.
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
