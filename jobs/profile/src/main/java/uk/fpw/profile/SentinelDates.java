package uk.fpw.profile;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import uk.fpw.text.Plural;

/** Counts dates that systems store where there is none, such as 1 January 1900. Other dates are not kept. */
final class SentinelDates {

    /** Hardly ever a date; two digits are of this century, so that 1-Jan-99 is of 2099. */
    private static final Set<Integer> NEVER_REAL = Set.of(
            1_01_01,
            1753_01_01,
            1800_01_01,
            1899_12_30,
            1899_12_31,
            1900_01_01,
            1901_01_01,
            2099_01_01,
            2099_12_31,
            2999_12_31,
            3000_01_01,
            9999_01_01,
            9999_12_31);

    /** Dates like others, unless they are frequent. */
    private static final Set<Integer> RARELY_REAL =
            Set.of(1970_01_01, 1980_01_01, 1990_01_01, 1999_01_01, 1999_12_31, 2000_01_01);

    private static final long FREQUENT_TIMES = 3;
    private static final double FREQUENT_SHARE = 0.01;
    private static final int MAX_TEXTS = 5;

    /**
     * How often a text was met.
     *
     * @param date as a number, such as 19000101
     */
    private record Found(int date, long count) {}

    private final Map<String, Found> candidates = new TreeMap<>();
    private int first = Integer.MAX_VALUE;
    private int last = Integer.MIN_VALUE;

    /** Whether a date stands for none wherever it is. */
    static boolean isNeverReal(LocalDate date) {
        return NEVER_REAL.contains(date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth());
    }

    /** Notes a date that exists. */
    void add(String text, DateFormats.Form form) {
        int date = form.year() * 10_000 + form.monthAndDay();
        if (!NEVER_REAL.contains(date) && !RARELY_REAL.contains(date)) {
            first = Math.min(first, date);
            last = Math.max(last, date);
        } else if (candidates.size() < MAX_TEXTS || candidates.containsKey(text)) {
            candidates.merge(text, new Found(date, 1), (before, one) -> new Found(date, before.count + 1));
        }
    }

    /** Years from the first to the last of the other dates; 0 if there is none. */
    int years() {
        return Math.max(0, last / 10_000 - first / 10_000);
    }

    /** Whether a date is likely to stand for none: among others, as in a list of a century, only a frequent one is. */
    private boolean isNone(Found found, long values) {
        boolean isOutside = found.date < first || found.date > last;
        return (isOutside && NEVER_REAL.contains(found.date))
                || (found.count >= FREQUENT_TIMES && found.count >= FREQUENT_SHARE * values);
    }

    /**
     * The decisions, as they are in the draft.
     *
     * @param values of the column, of which a frequent date is at least a hundredth
     */
    List<String> decisions(long values) {
        return candidates.entrySet().stream()
                .filter(date -> isNone(date.getValue(), values))
                .map(date -> "DECIDE: " + Plural.grouped(date.getValue().count, "time") + " "
                        + ProfileText.quoted(date.getKey())
                        + ", which may mean no date: if so, add it to null_markers of a text file, or "
                        + "make it null in the staging query")
                .toList();
    }
}
