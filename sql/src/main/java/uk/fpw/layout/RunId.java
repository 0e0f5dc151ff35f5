package uk.fpw.layout;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Id of a run: business date, start time (UTC) and four random hexadecimal digits, such as
 * {@code 2016-01-12-20160113T040000-0a1b}. Files, tables, folder names and messages all use this text. Ordered as text,
 * that is by business date, then by start time.
 *
 * @param value the id as text
 */
public record RunId(String value) implements Comparable<RunId>, Serializable {

    private static final long serialVersionUID = 1L;

    private static final Pattern FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{8}T[0-9]{6}-[0-9a-f]{4}");

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT);
    private static final int DATE_LENGTH = 10;
    private static final int STAMP_LENGTH = 15;
    private static final int RANDOM_BITS = 0xffff;

    /** Throws {@link IllegalArgumentException} if the text is not a run id. */
    public RunId {
        if (!isId(value)) {
            throw new InvalidIdException("'" + value
                    + "' is not a run id, which is a business date, a time and four hexadecimal digits, such as "
                    + "2016-01-12-20160113T040000-0a1b");
        }
    }

    /**
     * Parses a run id.
     *
     * @throws IllegalArgumentException if the text is not one
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static RunId of(String text) {
        return new RunId(text);
    }

    /**
     * The id of a run that starts now.
     *
     * @param random random number of which the lowest 16 bits are used
     */
    public static RunId of(LocalDate businessDate, Instant now, int random) {
        return new RunId(businessDate + "-" + STAMP.format(now.atOffset(ZoneOffset.UTC))
                + String.format(Locale.ROOT, "-%04x", random & RANDOM_BITS));
    }

    /** Parses a run id; null if the text is not one. */
    public static @Nullable RunId parse(String text) {
        return isId(text) ? new RunId(text) : null;
    }

    private static boolean isId(String text) {
        return FORM.matcher(text).matches() && ReleaseId.isDate(text.substring(0, DATE_LENGTH));
    }

    /** The start time, such as {@code 20160113T040000}, which sorts chronologically. */
    public String stamp() {
        return value.substring(DATE_LENGTH + 1, DATE_LENGTH + 1 + STAMP_LENGTH);
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
