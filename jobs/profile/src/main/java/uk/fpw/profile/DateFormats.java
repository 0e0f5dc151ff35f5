package uk.fpw.profile;

import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * How a date or time is written: reads a text and says by which patterns a feed could read it. Numbers alone (20160112)
 * are no dates here.
 */
final class DateFormats {

    /**
     * One way to read a text.
     *
     * @param type {@code DATE}, {@code LOCAL_TIME} or {@code INSTANT}
     * @param pattern with one letter for day, month and hour ({@code d/M/yyyy H:mm}), which also reads two digits; the
     *     ISO form has {@code yyyy-MM-dd} and what follows
     * @param swapped the pattern with day and month exchanged, if the text can be read so at all; null otherwise
     * @param fits whether the text is a date by the pattern
     * @param fitsSwapped whether it is one by the swapped pattern
     * @param year by the pattern, or by the swapped one if it fits only that
     * @param monthAndDay month times 100 plus day, read like the year
     * @param isPadded whether day, month and hour have two digits each
     */
    record Form(
            Feed.Type type,
            String pattern,
            @Nullable String swapped,
            boolean fits,
            boolean fitsSwapped,
            int year,
            int monthAndDay,
            boolean isPadded) {}

    private static final String TIME =
            "(?:(?<gap>[T ])(?<hour>\\d{1,2}):(?<minute>\\d\\d)(?::(?<second>\\d\\d)(?:\\.(?<fraction>\\d{1,9}))?)?"
                    + "(?<half> ?[AaPp][Mm])?(?<offset>Z|[+-]\\d\\d:\\d\\d)?)?";

    private static final Pattern YEAR_FIRST =
            Pattern.compile("(?<year>\\d{4})(?<sign>[-/.])(?<month>\\d{1,2})\\k<sign>(?<day>\\d{1,2})" + TIME);

    private static final Pattern YEAR_LAST =
            Pattern.compile("(?<first>\\d{1,2})(?<sign>[-/.])(?<next>\\d{1,2})\\k<sign>(?<year>\\d{4}|\\d\\d)" + TIME);

    private static final Pattern NAMED_MONTH = Pattern.compile(
            "(?<day>\\d{1,2})(?<sign>[- /.])(?<month>[A-Za-z]{3,9})\\k<sign>(?<year>\\d{4}|\\d\\d)" + TIME);

    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    private static final int SHORTEST = 6;
    private static final int LONGEST = 40;
    private static final int LONG_MONTH = 4;

    private DateFormats() {}

    /**
     * How the text is written; null if it is not written as a date. A date that does not exist has a form that does not
     * fit.
     */
    static @Nullable Form of(String text) {
        int length = text.length();
        if (length < SHORTEST || length > LONGEST || text.charAt(0) < '0' || text.charAt(0) > '9') {
            return null;
        }
        Matcher date = YEAR_FIRST.matcher(text);
        if (date.matches()) {
            return yearFirst(date);
        }
        date = YEAR_LAST.matcher(text);
        if (date.matches()) {
            return yearLast(date);
        }
        date = NAMED_MONTH.matcher(text);
        return date.matches() ? namedMonth(date) : null;
    }

    private static @Nullable Form yearFirst(Matcher date) {
        String sign = date.group("sign");
        boolean isPadded = isPadded(date, "day") && isPadded(date, "month");
        Time time = time(date);
        if (time == null) {
            return null;
        }
        int year = number(date, "year");
        String pattern = sign.equals("-") && isPadded ? "yyyy-MM-dd" : "yyyy" + sign + "M" + sign + "d";
        return new Form(
                time.type,
                pattern + time.pattern,
                null,
                time.exists && exists(year, number(date, "month"), number(date, "day")),
                false,
                year,
                number(date, "month") * 100 + number(date, "day"),
                isPadded && time.isPadded);
    }

    private static @Nullable Form yearLast(Matcher date) {
        Time time = time(date);
        if (time == null) {
            return null;
        }
        String sign = date.group("sign");
        int first = number(date, "first");
        int next = number(date, "next");
        int year = year(date);
        String rest = sign + (date.group("year").length() == 2 ? "yy" : "yyyy") + time.pattern;
        boolean fits = time.exists && exists(year, next, first);
        boolean fitsSwapped = time.exists && exists(year, first, next);
        return new Form(
                time.type,
                "d" + sign + "M" + rest,
                "M" + sign + "d" + rest,
                fits,
                fitsSwapped,
                year,
                fits ? next * 100 + first : first * 100 + next,
                isPadded(date, "first") && isPadded(date, "next") && time.isPadded);
    }

    private static @Nullable Form namedMonth(Matcher date) {
        Time time = time(date);
        String name = date.group("month").toLowerCase(Locale.ROOT);
        int month = month(name);
        if (time == null || month == 0) {
            return null;
        }
        String sign = date.group("sign");
        int year = year(date);
        return new Form(
                time.type,
                "d" + sign + (name.length() < LONG_MONTH ? "MMM" : "MMMM") + sign
                        + (date.group("year").length() == 2 ? "yy" : "yyyy") + time.pattern,
                null,
                time.exists && exists(year, month, number(date, "day")),
                false,
                year,
                month * 100 + number(date, "day"),
                isPadded(date, "day") && time.isPadded);
    }

    private static int month(String name) {
        for (int index = 0; index < MONTHS.size(); index++) {
            String month = MONTHS.get(index);
            if (month.equals(name) || (name.length() == 3 && month.startsWith(name))) {
                return index + 1;
            }
        }
        return 0;
    }

    private record Time(Feed.Type type, String pattern, boolean exists, boolean isPadded) {}

    private static @Nullable Time time(Matcher date) {
        if (date.group("gap") == null) {
            return new Time(Feed.Type.DATE, "", true, true);
        }
        boolean isTwelve = date.group("half") != null;
        String offset = date.group("offset");
        if (isTwelve && offset != null) {
            return null;
        }
        int hour = number(date, "hour");
        StringBuilder pattern = new StringBuilder(date.group("gap").equals("T") ? "'T'" : " ");
        pattern.append(isTwelve ? "h" : "H").append(":mm");
        boolean exists = (isTwelve ? hour >= 1 && hour <= 12 : hour <= 23) && number(date, "minute") <= 59;
        if (date.group("second") != null) {
            pattern.append(":ss");
            exists &= number(date, "second") <= 59;
            if (date.group("fraction") != null) {
                pattern.append('.').append("S".repeat(date.group("fraction").length()));
            }
        }
        if (isTwelve) {
            pattern.append(date.group("half").startsWith(" ") ? " a" : "a");
        }
        pattern.append(offset == null ? "" : "XXX");
        return new Time(
                offset == null ? Feed.Type.LOCAL_TIME : Feed.Type.INSTANT,
                pattern.toString(),
                exists,
                isPadded(date, "hour"));
    }

    /** Two digits are of this century, as java.time reads them. */
    private static int year(Matcher date) {
        int year = number(date, "year");
        return date.group("year").length() == 2 ? 2000 + year : year;
    }

    private static boolean exists(int year, int month, int day) {
        return year >= 1
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
    }

    private static boolean isPadded(Matcher date, String group) {
        return date.group(group).length() == 2;
    }

    private static int number(Matcher date, String group) {
        return Integer.parseInt(date.group(group));
    }

    /** The pattern as a feed writes it: two letters where every text had two digits. */
    static String written(String pattern, boolean isPadded) {
        return isPadded
                ? pattern.replaceAll("(?<!d)d(?!d)", "dd")
                        .replaceAll("(?<!M)M(?!M)", "MM")
                        .replaceAll("(?<!H)H(?!H)", "HH")
                        .replaceAll("(?<!h)h(?!h)", "hh")
                : pattern;
    }

    /** Whether a feed reads the pattern without naming it, by the ISO form. */
    static boolean isIso(String pattern) {
        return pattern.matches("yyyy-MM-dd(?:(?:'T'| )H:mm(?::ss(?:\\.S+)?)?(?:XXX)?)?");
    }
}
