package uk.fpw.layout.file;

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
 * Size and checksum of a file as it was written.
 *
 * @param bytes size
 * @param crc32 CRC-32 of the content in hex; null if no checksum was recorded
 */
public record FileDigest(
        long bytes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String crc32) {

    public static FileDigest of(long bytes, Checksum crc32) {
        return new FileDigest(bytes, ChecksumFile.text((int) crc32.getValue()));
    }

    /** Reads a file that has no recorded checksum and returns its current digest. */
    public static FileDigest ofContent(Path file) throws IOException {
        CRC32 crc32 = new CRC32();
        long bytes;
        try (CheckedInputStream in = new CheckedInputStream(Files.newInputStream(file), crc32)) {
            bytes = in.transferTo(OutputStream.nullOutputStream());
        }
        return of(bytes, crc32);
    }
}
