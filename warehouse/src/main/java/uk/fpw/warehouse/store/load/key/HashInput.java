package uk.fpw.warehouse.store.load.key;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Values on their way into one hash: XXH3 of 128 bits. The same hash as that of a
 * {@link com.dynatrace.hash4j.hashing.HashStream128} to which the same values were given; put together first, they are
 * hashed in about half the time. Used again for the next row; not for several threads.
 */
public final class HashInput {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle CHARS = MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.LITTLE_ENDIAN);
    private static final Hasher128 HASHER = Hashing.xxh3_128();
    private static final int FIRST_BYTES = 1024;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    /** Forgets every value. */
    public HashInput reset() {
        length = 0;
        return this;
    }

    /** Adds one byte. */
    public HashInput put(byte value) {
        ensureCapacity(1);
        bytes[length++] = value;
        return this;
    }

    /** Adds a truth value. */
    public HashInput put(boolean value) {
        return put((byte) (value ? 1 : 0));
    }

    /** Adds a number. */
    public HashInput put(int value) {
        ensureCapacity(Integer.BYTES);
        INTS.set(bytes, length, value);
        length += Integer.BYTES;
        return this;
    }

    /** Adds a number. */
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

    /** Adds bytes and how many they are. */
    public HashInput put(byte[] value) {
        ensureCapacity(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return put(value.length);
    }

    /** The hash of all values that were added. */
    public HashValue128 hash() {
        return HASHER.hashBytesTo128Bits(bytes, 0, length);
    }

    private void ensureCapacity(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
    }
}
