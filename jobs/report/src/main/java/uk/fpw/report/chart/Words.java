package uk.fpw.report.chart;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values in a picture's texts and table. */
final class Words {

    /** Where a value is unknown. */
    static final String NONE = "not available";

    private static final int LABEL = 34;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.UK);

    private Words() {}

    static String day(LocalDate day) {
        return DAY.format(day);
    }

    /** A day as a number on an axis. */
    static double at(LocalDate day) {
        return (double) day.toEpochDay();
    }

    /** Whole numbers without decimals, others with one or, below 10, two. */
    static String number(@Nullable Double value) {
        if (value == null) {
            return NONE;
        }
        boolean isWhole = Math.abs(value - Math.rint(value)) < 1e-9;
        return String.format(Locale.UK, isWhole ? "%,.0f" : Math.abs(value) < 10 ? "%,.2f" : "%,.1f", value + 0.0);
    }

    static String share(@Nullable Double value) {
        return value == null ? NONE : String.format(Locale.UK, "%.1f %%", 100 * value + 0.0);
    }

    /** A label that fits beside a line. */
    static String label(String text) {
        return text.length() <= LABEL ? text : text.substring(0, LABEL - 1) + "…";
    }
}
