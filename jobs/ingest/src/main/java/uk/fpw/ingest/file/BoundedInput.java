package uk.fpw.ingest.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Limits the size of decompressed content to what a real extract can have. A few megabytes of gzip can contain
 * gigabytes of zeros, which would take hours to read.
 */
public final class BoundedInput extends FilterInputStream {

    /** More was decompressed than an extract of this size can contain. */
    public static final class TooLargeException extends IOException {

        private final String limit;

        TooLargeException(String limit) {
            super("more than " + limit);
            this.limit = limit;
        }

        /** How much that is, for a message. */
        public String limit() {
            return limit;
        }
    }

    /**
     * Tabular text is compressed to between a fifth and a thirtieth, the same row repeated to about a hundredth. Gzip
     * reaches at most a thousandth.
     */
    private static final long MAX_RATIO = 200;

    /** Below this size there is no limit, since a constant column makes a small file compress well. */
    private static final long FREE_BYTES = 64L << 20;

    private final long limit;
    private final long packedBytes;
    private long read;

    /**
     * Bounds a stream.
     *
     * @param packedBytes size of the file that it unpacks
     */
    public BoundedInput(InputStream in, long packedBytes) {
        super(in);
        this.packedBytes = packedBytes;
        this.limit = Math.max(FREE_BYTES, packedBytes * MAX_RATIO);
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int some = super.read(target, offset, length);
        count(Math.max(0, some));
        return some;
    }

    private void count(int bytes) throws TooLargeException {
        read += bytes;
        if (read > limit) {
            throw new TooLargeException(
                    limit == FREE_BYTES
                            ? (FREE_BYTES >> 20) + " MiB, from a file of " + packedBytes + " bytes"
                            : MAX_RATIO + " times the file, which has " + packedBytes + " bytes");
        }
    }
}
