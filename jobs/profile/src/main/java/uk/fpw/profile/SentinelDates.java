package uk.fpw.profile;

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

    private final Map<String, Long> neverReal = new TreeMap<>();
    private final Map<String, Long> rarelyReal = new TreeMap<>();

    /** Notes a date that exists. */
    void add(String text, DateFormats.Form form) {
        int date = form.year() * 10_000 + form.monthAndDay();
        if (NEVER_REAL.contains(date)) {
            add(neverReal, text);
        } else if (RARELY_REAL.contains(date)) {
            add(rarelyReal, text);
        }
    }

    private static void add(Map<String, Long> counts, String text) {
        if (counts.size() < MAX_TEXTS || counts.containsKey(text)) {
            counts.merge(text, 1L, Long::sum);
        }
    }

    /**
     * The decisions, as they are in the draft.
     *
     * @param values of the column, of which a frequent date is at least a hundredth
     */
    List<String> decisions(long values) {
        Map<String, Long> found = new TreeMap<>(neverReal);
        rarelyReal.forEach((text, count) -> {
            if (count >= FREQUENT_TIMES && count >= FREQUENT_SHARE * values) {
                found.put(text, count);
            }
        });
        return found.entrySet().stream()
                .map(date ->
                        "DECIDE: " + Plural.grouped(date.getValue(), "time") + " " + ProfileText.quoted(date.getKey())
                                + ", which may mean no date: if so, add it to null_markers of a text file, or "
                                + "make it null in the staging query")
                .toList();
    }
}
