package uk.fpw.report.page;

import org.jspecify.annotations.Nullable;
import uk.fpw.report.text.English;

/** Values of quoted figures with their unit; a unit that begins with "share" is shown in percent. */
final class FigureText {

    private static final String SHARE = "share";

    private FigureText() {}

    /** Such as {@code 40.0 % of judgements} or {@code 150 computers}. */
    static String plain(double value, @Nullable String unit) {
        return unit != null && unit.startsWith(SHARE)
                ? bare(value, unit) + unit.substring(SHARE.length())
                : bare(value, unit) + (unit == null ? "" : " " + unit);
    }

    /** The same without its unit. */
    static String bare(double value, @Nullable String unit) {
        if (unit != null && unit.startsWith(SHARE)) {
            return English.share(value);
        }
        return value == Math.rint(value) ? English.count(Math.round(value)) : English.number(value);
    }
}
