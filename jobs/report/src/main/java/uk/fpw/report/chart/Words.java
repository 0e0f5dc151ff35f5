package uk.fpw.report.chart;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values in a picture's texts and table. */
final class Words {

    /** Where a value is unknown. */
    static final String NONE = "not available";

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

    /** The text, cut with an ellipsis where it would be wider than the room. Widths are estimated, rather too wide. */
    static String fit(String text, double room, double fontSize) {
        if (width(text, fontSize) <= room) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        double used = fontSize;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int one = text.codePointAt(at);
            used += fontSize * ems(one);
            if (used > room) {
                break;
            }
            cut.appendCodePoint(one);
        }
        return cut.toString().strip() + "…";
    }

    /** How wide a text is drawn, at most about. */
    static double width(String text, double fontSize) {
        return fontSize * text.codePoints().mapToDouble(Words::ems).sum();
    }

    private static double ems(int one) {
        if (one > 0x2E80) {
            return 1.05;
        }
        if ("iljtfr.,:;'|!()[] ".indexOf(one) >= 0) {
            return 0.4;
        }
        return "mwMW@%".indexOf(one) >= 0 ? 0.95 : Character.isUpperCase(one) ? 0.72 : 0.6;
    }
}
