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
 * What a file held when it was written.
 *
 * @param bytes its size
 * @param crc32 CRC-32 of its content, in hex; null if no checksum was kept
 */
public record FileDigest(
        long bytes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String crc32) {

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
