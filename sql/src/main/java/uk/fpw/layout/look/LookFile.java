package uk.fpw.layout.look;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file of a session as it is now; it may still grow.
 *
 * @param session number in its name
 * @param owner owner of the file according to the operating system
 * @param lines its complete lines
 * @param rest what follows the last complete line: empty, unless a record is being written or was cut
 */
public record LookFile(long session, String owner, List<Line> lines, String rest) {

    /** Far more than the records of a session need. */
    private static final long MAX_BYTES = 64L << 20;

    /**
     * One line.
     *
     * @param number from 1
     * @param record null if the text is not a record
     */
    public record Line(int number, String text, @Nullable LookRecord record) {}

    /**
     * Reads a file.
     *
     * @throws IOException if it is no regular file, unreadable or too large
     */
    public static LookFile read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is not a regular file");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " has more than " + MAX_BYTES + " bytes");
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        int end = text.lastIndexOf('\n') + 1;
        List<Line> lines = new ArrayList<>();
        if (end > 0) {
            for (String line : text.substring(0, end - 1).split("\n", -1)) {
                lines.add(new Line(lines.size() + 1, line, record(line)));
            }
        }
        return new LookFile(
                LookFolder.session(file),
                Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName(),
                List.copyOf(lines),
                text.substring(end));
    }

    private static @Nullable LookRecord record(String line) {
        try {
            return LookRecord.parse(line);
        } catch (IOException damaged) {
            return null;
        }
    }
}
