package uk.fpw.ingest.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;

/** The file beside a delivery that states its date. */
final class ControlFile {

    /** A control file has only a few lines. */
    private static final int MAX_BYTES = 64 * 1024;

    private ControlFile() {}

    /**
     * The first date in a control file; null if there is none.
     *
     * @throws FpwException with {@code UNAVAILABLE} if it cannot be read
     */
    static @Nullable LocalDate date(Path path, DateTimeFormatter pattern) {
        return first(text(path), pattern);
    }

    private static String text(Path path) {
        try (InputStream bytes = Files.newInputStream(path)) {
            return new String(bytes.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException failed) {
            throw FpwException.unavailable(path + ": cannot be read; check its permissions and the storage", failed);
        }
    }

    /** The first date that is not part of a longer number. */
    private static @Nullable LocalDate first(String text, DateTimeFormatter pattern) {
        for (int start = 0; start < text.length(); start++) {
            if (start > 0 && Character.isDigit(text.charAt(start - 1))) {
                continue;
            }
            ParsePosition at = new ParsePosition(start);
            try {
                TemporalAccessor found = pattern.parse(text, at);
                if (at.getIndex() == text.length() || !Character.isDigit(text.charAt(at.getIndex()))) {
                    return LocalDate.from(found);
                }
            } catch (DateTimeException notHere) {
                // A date may start at the next character.
            }
        }
        return null;
    }
}
