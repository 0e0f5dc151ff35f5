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
 * Id of a release or candidate: the business date and a number within that date, such as {@code 2016-01-12.1}. Files,
 * tables, folder names and messages all use this text. Ordered by date, then by number.
 *
 * @param value the id as text
 */
public record ReleaseId(String value) implements Comparable<ReleaseId>, Serializable {

    private static final long serialVersionUID = 1L;

    private static final Pattern FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[.][1-9][0-9]{0,8}");
    private static final int DATE_LENGTH = 10;

    private static final Comparator<ReleaseId> ORDER =
            Comparator.comparing(ReleaseId::businessDate).thenComparingInt(ReleaseId::number);

    /** Throws {@link IllegalArgumentException} if the text is not a release id. */
    public ReleaseId {
        if (!isId(value)) {
            throw new InvalidIdException("'" + value
                    + "' is not a release id, which is a business date and a number from 1, such as 2016-01-12.1");
        }
    }

    /**
     * Parses a release id.
     *
     * @throws IllegalArgumentException if the text is not one
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ReleaseId of(String text) {
        return new ReleaseId(text);
    }

    /** The id for a date and a number, which starts at 1. */
    public static ReleaseId of(LocalDate businessDate, int number) {
        return new ReleaseId(businessDate + "." + number);
    }

    /** Parses a release id; null if the text is not one, for example because it is the name of a pinned release. */
    public static @Nullable ReleaseId parse(String text) {
        return isId(text) ? new ReleaseId(text) : null;
    }

    private static boolean isId(String text) {
        return FORM.matcher(text).matches() && isDate(text.substring(0, DATE_LENGTH));
    }

    /** Whether a text in the form of a date is a date of the calendar. */
    static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException none) {
            return false;
        }
    }

    /** The business date: events up to it are counted. */
    public LocalDate businessDate() {
        return LocalDate.parse(value.substring(0, DATE_LENGTH));
    }

    /** The number within the business date, starting at 1. */
    public int number() {
        return Integer.parseInt(value.substring(DATE_LENGTH + 1));
    }

    @Override
    public int compareTo(ReleaseId other) {
        return ORDER.compare(this, other);
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
