package uk.fpw.ingest.row;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.warehouse.load.IndexMemory;
import uk.fpw.warehouse.load.KeyIndex;
import uk.fpw.warehouse.load.Refusal;
import uk.fpw.warehouse.load.Refusal.Code;

/**
 * Which keys a file holds more than once, and whether always with the same texts. Filled by a first reading of the file and asked in a second, since whether the first row
 * of a key may be taken depends on the last. Memory: that of a {@link KeyIndex} over the keys of the file.
 */
public final class RepeatedKeys {

    private static final long IDENTICAL = 1;
    private static final long DIFFERENT = 2;
    private static final int LINE_SHIFT = 2;

    private final KeyIndex index;
    private final MessageDigest digest;
    private final String numbering;

    /**
     * Knows no key yet.
     *
     * @param numbering what the number of a row is: {@code line} or {@code row}
     * @param memory of which its index is made, until {@link #release}
     */
    public RepeatedKeys(String numbering, IndexMemory memory) {
        this.index = new KeyIndex(memory, 0);
        this.numbering = numbering;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }

    /** First reading: notes a row. */
    public void note(String key, SourceRow row) {
        long hash = hash(row);
        int place = index.find(key);
        if (place < 0) {
            index.put(key, hash, row.line() << LINE_SHIFT);
        } else {
            index.second(place, index.second(place) | (index.first(place) == hash ? IDENTICAL : DIFFERENT));
        }
    }

    /** Whether the first reading noted a row with that key. */
    public boolean holds(String key) {
        return index.find(key) >= 0;
    }

    /** Forgets every key and gives the memory back. */
    public void release() {
        index.release();
    }

    /** Second reading: why a row may not be taken because of others with its key, which have other texts; null if there are none. */
    public @Nullable Refusal refusal(String key, SourceRow row) {
        int place = index.find(key);
        if (place < 0) {
            return null;
        }
        long state = index.second(place);
        long firstLine = state >>> LINE_SHIFT;
        boolean isFirst = firstLine == row.line();
        if ((state & DIFFERENT) != 0) {
            return new Refusal(
                    row.line(),
                    key,
                    null,
                    Code.KEY_REPEATED,
                    isFirst
                            ? "a later row has the same key with other values; none of them is taken"
                            : (numbering.equals("row") ? "row " : "the row in " + numbering + " ") + firstLine
                                    + " has the same key; the rows differ, so none of them is taken",
                    null);
        }
        return null;
    }

    /** Second reading: whether the row repeats an earlier one word for word, and no row has its key with other texts. */
    public boolean isRepeat(String key, SourceRow row) {
        int place = index.find(key);
        if (place < 0) {
            return false;
        }
        long state = index.second(place);
        return (state & DIFFERENT) == 0 && (state & IDENTICAL) != 0 && state >>> LINE_SHIFT != row.line();
    }

    private long hash(SourceRow row) {
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
