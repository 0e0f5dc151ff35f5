package uk.fpw.layout;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * What a file held when it was written.
 *
 * @param bytes its size
 * @param crc32 CRC-32 of its content, in hex; null if no checksum was kept
 */
public record FileDigest(
        long bytes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String crc32) {

    /**
     * What was computed as the file was written; nothing of it is read but its checksums.
     *
     * @param digests of its table
     * @throws DamagedFileException if there is no such file, or size and checksums do not fit together
     */
    public static FileDigest ofWritten(Path file, TableDigests digests) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DamagedFileException(file, "it is missing");
        }
        long bytes = Files.size(file);
        ChecksumFile sums = ChecksumFile.read(file);
        if (sums != null && !sums.fits(bytes)) {
            throw new DamagedFileException(file, "it has " + bytes + " bytes and checksums of another size");
        }
        if (sums != null) {
            return new FileDigest(bytes, ChecksumFile.text(sums.whole(bytes)));
        }
        FileDigest listed = digests.of(file);
        if (listed != null && listed.bytes() != bytes) {
            throw new DamagedFileException(file, "it has " + bytes + " bytes instead of " + listed.bytes());
        }
        return listed == null ? new FileDigest(bytes, null) : listed;
    }

    /** Of that size, with that CRC-32 of its content. */
    public static FileDigest of(long bytes, Checksum crc32) {
        return new FileDigest(bytes, ChecksumFile.text((int) crc32.getValue()));
    }

    /** What a file of which no checksums are kept holds now; reads it. */
    public static FileDigest ofContent(Path file) throws IOException {
        CRC32 crc32 = new CRC32();
        long bytes;
        try (CheckedInputStream in = new CheckedInputStream(Files.newInputStream(file), crc32)) {
            bytes = in.transferTo(OutputStream.nullOutputStream());
        }
        return of(bytes, crc32);
    }
}
