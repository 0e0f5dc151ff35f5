package uk.fpw.layout.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A file of the warehouse and its expected content.
 *
 * @param bytes expected size; -1 if no size was recorded
 * @param crc32 CRC-32 of the content in hex; null if it is known only from {@link TableDigests} or from the checksums
 *     beside the file
 */
public record WrittenFile(Path path, long bytes, @Nullable String crc32) {

    private static final int CHUNKS_AT_ONCE = 512;
    private static final int WITHOUT_CHECKSUMS = 1 << 18;

    /** A file whose digest is known only from its table, if at all. */
    public WrittenFile(Path path) {
        this(path, -1, null);
    }

    /** State of a file compared with what was written. */
    public enum State {
        WHOLE,
        /** Of the right size, if that is known, but without a recorded checksum. */
        UNCHECKED,
        /** Missing or different from what was written. */
        DAMAGED,
        /** As written, but the checksums beside it are wrong: Hadoop fails to read it. */
        WRONG_CHECKSUMS
    }

    /**
     * Result of a comparison.
     *
     * @param problem what is wrong, such as {@code it is missing}; empty if nothing is wrong
     */
    public record Comparison(WrittenFile file, State state, String problem) {

        /** The result for a file that turned out to be damaged when it was read. */
        public static Comparison of(DamagedFileException damaged) {
            return new Comparison(new WrittenFile(damaged.file()), State.DAMAGED, damaged.problem());
        }

        /** Whether the file must be repaired before it can be used. */
        public boolean isDamaged() {
            return state == State.DAMAGED;
        }

        /** The file and its problem in one line. */
        public String describe() {
            return file.path() + " is damaged: " + problem;
        }
    }

    /** Compares existence and size only, without reading the file; here {@code WHOLE} means no more than that. */
    public Comparison compareSize() throws IOException {
        if (!Files.isRegularFile(path)) {
            return damaged("it is missing");
        }
        long found = Files.size(path);
        return bytes >= 0 && found != bytes
                ? damaged("it has " + found + " bytes instead of " + bytes)
                : new Comparison(this, State.WHOLE, "");
    }

    /**
     * Reads the file and compares its content.
     *
     * @throws IOException if it cannot be read, for lack of permission or because of a disk error
     */
    public Comparison compare() throws IOException {
        Comparison size = compareSize();
        if (size.isDamaged()) {
            return size;
        }
        String wrong = "";
        ChecksumFile sums = null;
        try {
            sums = ChecksumFile.read(path);
            if (sums != null && !sums.fits(Files.size(path))) {
                wrong = "it has " + Files.size(path) + " bytes, and checksums of another size beside it";
                sums = null;
            }
        } catch (DamagedFileException damaged) {
            wrong = String.valueOf(damaged.getMessage());
        }
        FileDigest listed = crc32 == null && sums == null && wrong.isEmpty() ? new TableDigests().of(path) : null;
        if (listed != null) {
            return new WrittenFile(path, listed.bytes(), listed.crc32()).compare();
        }
        CRC32 whole = new CRC32();
        String differs = read(sums, whole);
        if (wrong.isEmpty()) {
            wrong = differs;
        }
        if (crc32 != null) {
            if (!crc32.equals(ChecksumFile.text((int) whole.getValue()))) {
                return damaged(differs.isEmpty() ? "its content is not what was written" : differs);
            }
            return wrong.isEmpty()
                    ? new Comparison(this, State.WHOLE, "")
                    : new Comparison(this, State.WRONG_CHECKSUMS, wrong);
        }
        return !wrong.isEmpty()
                ? damaged(wrong)
                : new Comparison(this, sums == null ? State.UNCHECKED : State.WHOLE, "");
    }

    /**
     * Reads the file and updates the checksum of the whole. Returns where it differs from the checksums beside it, or
     * an empty text.
     */
    private String read(@Nullable ChecksumFile sums, CRC32 whole) throws IOException {
        int chunk = sums == null ? WITHOUT_CHECKSUMS : sums.chunkBytes();
        byte[] buffer = new byte[sums == null ? chunk : chunk * CHUNKS_AT_ONCE];
        String differs = "";
        long position = 0;
        CRC32 part = new CRC32();
        try (InputStream in = Files.newInputStream(path)) {
            for (int count = in.readNBytes(buffer, 0, buffer.length);
                    count > 0;
                    count = in.readNBytes(buffer, 0, buffer.length)) {
                whole.update(buffer, 0, count);
                for (int start = 0; sums != null && start < count && differs.isEmpty(); start += chunk) {
                    int length = Math.min(chunk, count - start);
                    part.reset();
                    part.update(buffer, start, length);
                    if ((int) part.getValue() != sums.sumAt(position + start)) {
                        differs = "its bytes from " + (position + start) + " to " + (position + start + length - 1)
                                + " differ from their checksum";
                    }
                }
                position += count;
            }
        }
        return differs;
    }

    private Comparison damaged(String problem) {
        return new Comparison(this, State.DAMAGED, problem);
    }
}
