package uk.fpw.report.text;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.Plural;

/** Numbers, dates and lists in English. */
public final class English {

    /** Shown for an unknown value. */
    public static final String UNKNOWN = "not available";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.UK);
    private static final DateTimeFormatter SHORT_DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.UK);
    private static final DateTimeFormatter SHORT_MONTH = DateTimeFormatter.ofPattern("MMM yyyy", Locale.UK);

    private English() {}

    /** Such as {@code 12 January 2016}. */
    public static String day(LocalDate day) {
        return DAY.format(day);
    }

    /** Such as {@code January 2016}. */
    public static String month(LocalDate day) {
        return MONTH.format(day);
    }

    /** Such as {@code 12 Jan 2016}. */
    public static String shortDay(LocalDate day) {
        return SHORT_DAY.format(day);
    }

    /** Such as {@code Jan 2016}. */
    public static String shortMonth(LocalDate day) {
        return SHORT_MONTH.format(day);
    }

    /** Such as {@code 1,234}; {@link #UNKNOWN} for null. */
    public static String count(@Nullable Long count) {
        return count == null ? UNKNOWN : String.format(Locale.UK, "%,d", count);
    }

    /** With one decimal, such as {@code 12.5}; {@link #UNKNOWN} for null. */
    public static String number(@Nullable Double number) {
        return number == null ? UNKNOWN : String.format(Locale.UK, "%,.1f", number);
    }

    /** Without decimals if it is whole, otherwise with one, or two below 10; {@link #UNKNOWN} for null. */
    public static String figure(@Nullable Double value) {
        if (value == null) {
            return UNKNOWN;
        }
        boolean isWhole = Math.abs(value - Math.rint(value)) < 1e-9;
        return String.format(Locale.UK, isWhole ? "%,.0f" : Math.abs(value) < 10 ? "%,.2f" : "%,.1f", value + 0.0);
    }

    /** Such as {@code 12.5 %}; {@link #UNKNOWN} for null. */
    public static String share(@Nullable Double share) {
        return share == null ? UNKNOWN : String.format(Locale.UK, "%.1f %%", 100 * share + 0.0);
    }

    /** Such as {@code 1 device} and {@code 2 devices}; the models have units in the singular. */
    public static String of(long count, String unit) {
        return count(count) + " " + Plural.word(count, unit);
    }

    /** Such as {@code 1 day} and {@code 12.5 days}. */
    public static String days(double days) {
        return figure(days) + (days == 1 ? " day" : " days");
    }

    /** A name of the force folder in words, such as {@code case audits}. */
    public static String words(String name) {
        return name.replace('_', ' ');
    }

    /** The text with a capital letter at its beginning. */
    public static String sentence(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.UK) + text.substring(1);
    }

    /** Such as {@code a, b and c}. */
    public static String list(List<String> parts) {
        if (parts.size() < 2) {
            return String.join("", parts);
        }
        return String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.get(parts.size() - 1);
    }
}
