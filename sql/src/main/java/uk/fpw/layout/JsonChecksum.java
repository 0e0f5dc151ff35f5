package uk.fpw.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import uk.fpw.layout.file.ChecksumFile;
import uk.fpw.layout.file.DamagedFileException;

/** The field {@code checksum} of a JSON file: CRC-32 of the file with this field set to zeros. */
final class JsonChecksum {

    /** Placeholder until {@link #write} fills in the checksum. */
    static final String NONE = "00000000";

    private static final Pattern CHECKSUM = Pattern.compile("(\"checksum\" : \")([0-9a-f]{8})");

    private JsonChecksum() {}

    /** JSON of an object whose checksum field is {@link #NONE}, with the checksum filled in. */
    static byte[] write(Object value) {
        try {
            String json = JsonMappers.snakeCase().writeValueAsString(value);
            return json.replaceFirst(CHECKSUM.pattern(), "$1" + of(json)).getBytes(UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("such a file is always JSON", impossible);
        }
    }

    /**
     * Verifies the checksum of a file.
     *
     * @param isOptional whether the file may come from a version that wrote no checksum
     * @throws DamagedFileException if the checksum does not match
     */
    static void require(Path file, byte[] content, boolean isOptional) throws IOException {
        String json = new String(content, UTF_8);
        Matcher found = CHECKSUM.matcher(json);
        if (found.find() ? !found.group(2).equals(of(json)) : !isOptional) {
            throw new DamagedFileException(file, "its content is not what was written");
        }
    }

    private static String of(String json) {
        CRC32 crc32 = new CRC32();
        crc32.update(CHECKSUM.matcher(json).replaceFirst("$1" + NONE).getBytes(UTF_8));
        return ChecksumFile.text((int) crc32.getValue());
    }
}
