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
import uk.fpw.warehouse.force.feed.Freshness;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;

/** The file beside a delivery that says of which date it is. */
final class ControlFile {

    /** A control file is a few lines. */
    private static final int MAX_BYTES = 64 * 1024;

    private ControlFile() {}

    /**
     * The first date in the control file of a delivery.
     *
     * @throws FpwException with {@code UNAVAILABLE} if there is no such file, {@code BAD_DATA} if no date is in it
     */
    static LocalDate date(FeedFile delivery, Freshness freshness) {
        Path path = delivery.path().resolveSibling(String.valueOf(freshness.controlFile()));
        FeedFile control = new FeedFile(delivery.feed(), path);
        if (!Files.isRegularFile(path)) {
            throw new FpwException(
                    ExitCode.UNAVAILABLE,
                    path + ": the control file does not exist, so " + delivery.name() + " counts as not delivered ("
                            + delivery.definition() + ": freshness); check that the source has written it");
        }
        control.refuseLinkElsewhere();
        LocalDate date = first(text(path), freshness.pattern());
        if (date == null) {
            throw control.badData(
                    0,
                    "there is no date in the control file as " + delivery.definition() + " expects it (freshness)",
                    "correct pattern there, or ask the source what it writes");
        }
        return date;
    }

    private static String text(Path path) {
        try (InputStream bytes = Files.newInputStream(path)) {
            return new String(bytes.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException failed) {
            throw new FpwException(
                    ExitCode.UNAVAILABLE, path + ": cannot be read; check its permissions and the storage", failed);
        }
    }

    /** The first date that is no part of a longer number. */
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
                // a date may begin at the next character
            }
        }
        return null;
    }
}
