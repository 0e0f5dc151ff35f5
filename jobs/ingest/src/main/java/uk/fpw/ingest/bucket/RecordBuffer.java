package uk.fpw.ingest.bucket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A buffer for one record to be added to {@link Buckets}. Grows as needed and is reused. */
final class RecordBuffer {

    private static final int FIRST_BYTES = 1024;
    private static final int NONE = -1;
    private static final int SHORT = 32;
    private static final char FIRST_BEYOND_ASCII = 0x80;

    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES);

    RecordBuffer begin() {
        bytes.clear();
        return this;
    }

    RecordBuffer put(byte value) {
        ensureCapacity(1).put(value);
        return this;
    }

    RecordBuffer put(int value) {
        ensureCapacity(Integer.BYTES).putInt(value);
        return this;
    }

    RecordBuffer put(long value) {
        ensureCapacity(Long.BYTES).putLong(value);
        return this;
    }

    RecordBuffer put(byte[] value) {
        ensureCapacity(Integer.BYTES + value.length).putInt(value.length).put(value);
        return this;
    }

    RecordBuffer put(@Nullable String text) {
        if (text == null) {
            return put(NONE);
        }
        return text.length() <= SHORT && putAscii(text) ? this : put(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts a short text without allocating an array. Returns false and puts nothing if it is not pure ASCII. */
    private boolean putAscii(String text) {
        int length = text.length();
        ByteBuffer to = ensureCapacity(Integer.BYTES + length);
        int start = to.position() + Integer.BYTES;
        for (int index = 0; index < length; index++) {
            char next = text.charAt(index);
            if (next >= FIRST_BEYOND_ASCII) {
                return false;
            }
            to.put(start + index, (byte) next);
        }
        to.putInt(length).position(start + length);
        return true;
    }

    ByteBuffer end() {
        return bytes.flip();
    }

    static byte[] bytes(ByteBuffer from) {
        byte[] value = new byte[from.getInt()];
        from.get(value);
        return value;
    }

    static @Nullable String text(ByteBuffer from) {
        int length = from.getInt();
        if (length == NONE) {
            return null;
        }
        String text = new String(from.array(), from.arrayOffset() + from.position(), length, StandardCharsets.UTF_8);
        from.position(from.position() + length);
        return text;
    }

    static String present(ByteBuffer from) {
        String text = text(from);
        if (text == null) {
            throw new IllegalStateException("a required text is missing");
        }
        return text;
    }

    private ByteBuffer ensureCapacity(int count) {
        if (bytes.remaining() < count) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + count));
            larger.put(bytes.flip());
            bytes = larger;
        }
        return bytes;
    }
}
