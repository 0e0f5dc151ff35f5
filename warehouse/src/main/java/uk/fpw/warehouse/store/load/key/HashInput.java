package uk.fpw.warehouse.store.load.key;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Collects values to be hashed together with 128-bit XXH3. The hash equals that of a
 * {@link com.dynatrace.hash4j.hashing.HashStream128} given the same values, but hashing them as one array takes about
 * half the time. Reused for each row; not thread-safe.
 */
public final class HashInput {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle CHARS = MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.LITTLE_ENDIAN);
    private static final Hasher128 HASHER = Hashing.xxh3_128();
    private static final int FIRST_BYTES = 1024;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    /** Removes all values. */
    public HashInput reset() {
        length = 0;
        return this;
    }

    public HashInput put(byte value) {
        ensureCapacity(1);
        bytes[length++] = value;
        return this;
    }

    public HashInput put(boolean value) {
        return put((byte) (value ? 1 : 0));
    }

    public HashInput put(int value) {
        ensureCapacity(Integer.BYTES);
        INTS.set(bytes, length, value);
        length += Integer.BYTES;
        return this;
    }

    public HashInput put(long value) {
        ensureCapacity(Long.BYTES);
        LONGS.set(bytes, length, value);
        length += Long.BYTES;
        return this;
    }

    /** Adds a text and its length. */
    public HashInput put(String value) {
        int count = value.length();
        ensureCapacity(count * Character.BYTES);
        for (int index = 0; index < count; index++) {
            CHARS.set(bytes, length + index * Character.BYTES, value.charAt(index));
        }
        length += count * Character.BYTES;
        return put(count);
    }

    /** Adds bytes and their number. */
    public HashInput put(byte[] value) {
        ensureCapacity(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return put(value.length);
    }

    /** The hash of all values added. */
    public HashValue128 hash() {
        return HASHER.hashBytesTo128Bits(bytes, 0, length);
    }

    private void ensureCapacity(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
    }
}
