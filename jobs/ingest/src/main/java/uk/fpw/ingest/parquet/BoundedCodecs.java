package uk.fpw.ingest.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Limits the size of decompressed pages. The library trusts the size stated in a page and allocates that much memory
 * immediately.
 *
 * @param limit maximum bytes of a page
 */
record BoundedCodecs(CompressionCodecFactory codecs, long limit) implements CompressionCodecFactory {

    /** A page states a larger size. The message contains no values. */
    static final class PageTooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int size;

        private PageTooLarge(int size) {
            super("a page of " + size + " bytes");
            this.size = size;
        }

        int size() {
            return size;
        }
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        return codecs.getCompressor(name);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        BytesInputDecompressor unbounded = codecs.getDecompressor(name);
        return new BytesInputDecompressor() {
            @Override
            public BytesInput decompress(BytesInput bytes, int size) throws IOException {
                check(size);
                return unbounded.decompress(bytes, size);
            }

            @Override
            public void decompress(ByteBuffer packed, int packedSize, ByteBuffer unpacked, int size)
                    throws IOException {
                check(size);
                unbounded.decompress(packed, packedSize, unpacked, size);
            }

            @Override
            public void release() {
                unbounded.release();
            }
        };
    }

    @Override
    public void release() {
        codecs.release();
    }

    private void check(int size) {
        if (size > limit) {
            throw new PageTooLarge(size);
        }
    }
}
