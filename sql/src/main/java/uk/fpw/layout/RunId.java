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
 * Id of a run: its business date, when it began (UTC), and four random hexadecimal digits, such as
 * {@code 2016-01-12-20160113T040000-0a1b}. As a text it is the same in files, tables, folder names and messages.
 * Ordered as text, so by business date, then by their beginning.
 *
 * @param value the text
 */
public record RunId(String value) implements Comparable<RunId>, Serializable {

    private static final long serialVersionUID = 1L;

    private static final Pattern FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{8}T[0-9]{6}-[0-9a-f]{4}");

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT);
    private static final int DATE_LENGTH = 10;
    private static final int STAMP_LENGTH = 15;
    private static final int RANDOM_BITS = 0xffff;

    /** Throws {@link IllegalArgumentException} unless the text is a run id. */
    public RunId {
        if (!isId(value)) {
            throw new InvalidIdException("'" + value
                    + "' is not a run id, which is a business date, a time and four hexadecimal digits, such as "
                    + "2016-01-12-20160113T040000-0a1b");
        }
    }

    /**
     * The id that a text is.
     *
     * @throws IllegalArgumentException if it is none
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static RunId of(String text) {
        return new RunId(text);
    }

    /**
     * The id of a run that begins now.
     *
     * @param random of which the lowest 16 bits are used
     */
    public static RunId of(LocalDate businessDate, Instant now, int random) {
        return new RunId(businessDate + "-" + STAMP.format(now.atOffset(ZoneOffset.UTC))
                + String.format(Locale.ROOT, "-%04x", random & RANDOM_BITS));
    }

    /** The id that a text is; null if it is none. */
    public static @Nullable RunId parse(String text) {
        return isId(text) ? new RunId(text) : null;
    }

    private static boolean isId(String text) {
        return FORM.matcher(text).matches() && ReleaseId.isDate(text.substring(0, DATE_LENGTH));
    }

    /** When it began, such as {@code 20160113T040000}, which has the order of time. */
    public String stamp() {
        return value.substring(DATE_LENGTH + 1, DATE_LENGTH + 1 + STAMP_LENGTH);
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    /** The text. */
    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
