package uk.fpw.ingest.row;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import uk.fpw.ingest.source.SourceRow;

/** Hash of everything that is read of a row, by which rows with the same key are compared: the first 64 bits of a SHA-256 over its texts. Not for several threads. */
public final class ContentHash {

    private final MessageDigest digest;

    /** Hashes rows of any feed. */
    public ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }

    /** The hash of one row; a text that is missing differs from an empty one. */
    public long of(SourceRow row) {
        for (String text : row.texts()) {
            byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES + 1)
                    .put((byte) (text == null ? 0 : 1))
                    .putInt(bytes.length)
                    .flip());
            digest.update(bytes);
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }
}
