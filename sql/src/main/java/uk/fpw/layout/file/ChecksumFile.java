package uk.fpw.layout.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code .NAME.crc} beside a file written by an earlier version or by Spark on a cluster: Hadoop's CRC-32 of
 * every 512 bytes, computed while writing. Hadoop verifies it on reading; DuckDB does not.
 */
public final class ChecksumFile {

    private static final byte[] MAGIC = {'c', 'r', 'c', 0};
    private static final int HEADER = 8;

    /** The CRC-32 polynomial, bits in reverse order. */
    private static final int POLYNOMIAL = 0xEDB88320;

    private final int chunkBytes;
    private final int[] sums;

    private ChecksumFile(int chunkBytes, int[] sums) {
        this.chunkBytes = chunkBytes;
        this.sums = sums;
    }

    /** The checksum file of a file. */
    static Path of(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".crc");
    }

    /**
     * Reads the checksums of a file; null if it has none, for example after a copy that skipped hidden files.
     *
     * @throws IOException if they cannot be read or are invalid
     */
    static @Nullable ChecksumFile read(Path file) throws IOException {
        ByteBuffer content;
        try {
            content = ByteBuffer.wrap(Files.readAllBytes(of(file)));
        } catch (NoSuchFileException none) {
            return null;
        }
        byte[] magic = new byte[MAGIC.length];
        if (content.remaining() < HEADER || content.remaining() % Integer.BYTES != 0) {
            throw new DamagedFileException(of(file), "its length of " + content.remaining() + " bytes is wrong");
        }
        content.get(magic);
        int chunkBytes = content.getInt();
        if (!Arrays.equals(magic, MAGIC) || chunkBytes <= 0) {
            throw new DamagedFileException(of(file), "its header is wrong");
        }
        int[] sums = new int[content.remaining() / Integer.BYTES];
        content.asIntBuffer().get(sums);
        return new ChecksumFile(chunkBytes, sums);
    }

    /** Bytes per checksum; the last may cover fewer. */
    int chunkBytes() {
        return chunkBytes;
    }

    /** CRC-32 of the chunk that contains a position of the file. */
    int sumAt(long position) {
        return sums[(int) (position / chunkBytes)];
    }

    /** Whether the number of checksums matches a file of that size. */
    boolean fits(long bytes) {
        return sums.length == (bytes + chunkBytes - 1) / chunkBytes;
    }

    /** CRC-32 of the whole file of that size, combined from its chunks without reading it. */
    int whole(long bytes) {
        int shift = zeros(chunkBytes);
        int last = zeros(bytes - (long) chunkBytes * Math.max(0, sums.length - 1));
        int whole = 0;
        for (int i = 0; i < sums.length; i++) {
            whole = multiply(i == sums.length - 1 ? last : shift, whole) ^ sums[i];
        }
        return whole;
    }

    /** A CRC-32 as text. */
    public static String text(int crc32) {
        return String.format(Locale.ROOT, "%08x", crc32);
    }

    /** The factor by which appending that many zero bytes multiplies a CRC-32: x to the power of their bits. */
    private static int zeros(long bytes) {
        int power = 1 << 30; // x
        int product = 1 << 31; // 1
        for (long bits = bytes * Byte.SIZE; bits != 0; bits >>>= 1) {
            if ((bits & 1) != 0) {
                product = multiply(power, product);
            }
            power = multiply(power, power);
        }
        return product;
    }

    /** The product of two polynomials modulo the CRC-32 polynomial, as in zlib's {@code crc32_combine}. */
    private static int multiply(int left, int right) {
        int product = 0;
        int factor = right;
        for (int bit = 1 << 31; bit != 0; bit >>>= 1) {
            if ((left & bit) != 0) {
                product ^= factor;
            }
            factor = (factor & 1) != 0 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1;
        }
        return product;
    }
}
