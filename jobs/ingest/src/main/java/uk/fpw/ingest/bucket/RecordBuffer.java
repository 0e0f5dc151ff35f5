package uk.fpw.ingest.bucket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One record on its way into {@link Buckets}: grows as it must, and is used again for the next. */
final class RecordBuffer {

    private static final int FIRST_BYTES = 1024;
    private static final int NONE = -1;

    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES);

    RecordBuffer begin() {
        bytes.clear();
        return this;
    }

    RecordBuffer put(byte value) {
        room(1).put(value);
        return this;
    }

    RecordBuffer put(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    RecordBuffer put(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    RecordBuffer put(byte[] value) {
        room(Integer.BYTES + value.length).putInt(value.length).put(value);
        return this;
    }

    RecordBuffer put(@Nullable String text) {
        return text == null ? put(NONE) : put(text.getBytes(StandardCharsets.UTF_8));
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
            throw new IllegalStateException("a text that must be there is missing");
        }
        return text;
    }

    private ByteBuffer room(int count) {
        if (bytes.remaining() < count) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + count));
            larger.put(bytes.flip());
            bytes = larger;
        }
        return bytes;
    }
}
