package uk.fpw.layout;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Id of a release or of a candidate: its business date, and its number among those of that date, such as
 * {@code 2016-01-12.1}. As a text it is the same in files, tables, folder names and messages. Ordered by date, then by
 * number.
 *
 * @param value the text
 */
public record ReleaseId(String value) implements Comparable<ReleaseId>, Serializable {

    private static final long serialVersionUID = 1L;

    private static final Pattern FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[.][1-9][0-9]{0,8}");
    private static final int DATE_LENGTH = 10;

    private static final Comparator<ReleaseId> ORDER =
            Comparator.comparing(ReleaseId::businessDate).thenComparingInt(ReleaseId::number);

    /** Throws {@link IllegalArgumentException} unless the text is a release id. */
    public ReleaseId {
        if (!isId(value)) {
            throw new InvalidIdException("'" + value
                    + "' is not a release id, which is a business date and a number from 1, such as 2016-01-12.1");
        }
    }

    /**
     * The id that a text is.
     *
     * @throws IllegalArgumentException if it is none
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ReleaseId of(String text) {
        return new ReleaseId(text);
    }

    /** The id of a date and a number, which counts from 1. */
    public static ReleaseId of(LocalDate businessDate, int number) {
        return new ReleaseId(businessDate + "." + number);
    }

    /** The id that a text is; null if it is none, such as the name of a pinned release. */
    public static @Nullable ReleaseId parse(String text) {
        return isId(text) ? new ReleaseId(text) : null;
    }

    private static boolean isId(String text) {
        return FORM.matcher(text).matches() && isDate(text.substring(0, DATE_LENGTH));
    }

    /** Whether the text, in the form of a date, is one of the calendar. */
    static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException none) {
            return false;
        }
    }

    /** The date whose data it has: events up to it are counted. */
    public LocalDate businessDate() {
        return LocalDate.parse(value.substring(0, DATE_LENGTH));
    }

    /** The number among the releases and candidates of that date, from 1. */
    public int number() {
        return Integer.parseInt(value.substring(DATE_LENGTH + 1));
    }

    @Override
    public int compareTo(ReleaseId other) {
        return ORDER.compare(this, other);
    }

    /** The text. */
    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
