package uk.fpw.ingest.xlsx;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Classifies the number format of a cell. */
enum NumberFormat {
    /** Plain digits, possibly with separators or a currency. */
    NUMBER,
    /** A fixed number of digits, with leading zeros: see {@link #digits}. */
    PADDED,
    /**
     * Digits with other characters in between, such as {@code 12-345}, leading zeros among them, or percentages: what
     * is shown differs from the stored number.
     */
    DECORATED,
    /** A date, with or without a time of day. */
    DATE,
    /** A time of day, or hours beyond 24. */
    TIME;

    /** Excel's limit is 255. Limited because every cell evaluates its format. */
    private static final int MAX_LENGTH = 1_000;

    /** Built-in formats of East Asian versions, which workbooks do not contain explicitly. */
    private static final Set<Integer> UNWRITTEN_DATES =
            Set.of(27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58);

    private static final Pattern TEXTS = Pattern.compile("\"[^\"]*\"|\\\\.|[_*].");
    private static final Pattern BRACKETS = Pattern.compile("\\[(?!(?:h+|m+|s+)\\])[^\\]]*\\]");

    /** Characters shown before or after the digits; escaped ones between digits are part of the displayed value. */
    private static final Pattern CURRENCIES = Pattern.compile("\"\\s*\\p{Sc}\\s*\"|\\\\[\\p{Sc}() -]");

    private static final Pattern ALL_BRACKETS = Pattern.compile("\\[[^\\]]*\\]");
    private static final Pattern WIDTHS = Pattern.compile("[_*].");
    private static final Pattern DIGITS = Pattern.compile("[0#?](?:.*[0#?])?");
    private static final Pattern LEADING_ZEROS = Pattern.compile("[^.E]*0[^.E]*0.*");
    private static final Pattern PADDED_DIGITS = Pattern.compile("00+");

    /**
     * Classifies a format.
     *
     * @param id id of the format; null for none
     * @param code code of the format, such as {@code dd/mm/yyyy}; null for none
     */
    static NumberFormat of(@Nullable Integer id, @Nullable String code) {
        if (code == null) {
            return id != null && UNWRITTEN_DATES.contains(id) ? DATE : NUMBER;
        }
        if (code.length() > MAX_LENGTH) {
            return DECORATED;
        }
        String first = code.split(";", 2)[0];
        if (PADDED_DIGITS.matcher(first).matches()) {
            return PADDED;
        }
        String letters = BRACKETS.matcher(TEXTS.matcher(first).replaceAll(""))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        if (letters.contains("general")) {
            return isDecorated(first) ? DECORATED : NUMBER;
        }
        if (letters.matches(".*[yd].*") || letters.matches("[^hs]*m[^hs]*")) {
            return DATE;
        }
        if (letters.matches(".*[hms].*")) {
            return TIME;
        }
        return isDecorated(first) ? DECORATED : NUMBER;
    }

    /** Minimum number of digits shown by a padded format. */
    static int digits(String code) {
        Matcher digits = PADDED_DIGITS.matcher(code.split(";", 2)[0]);
        return digits.matches() ? digits.group().length() : 0;
    }

    private static boolean isDecorated(String code) {
        String shown = WIDTHS.matcher(ALL_BRACKETS.matcher(code).replaceAll("")).replaceAll("");
        Matcher found = DIGITS.matcher(shown);
        boolean hasDigits = found.find();
        String digits = hasDigits ? found.group() : "";
        String around = hasDigits ? shown.substring(0, found.start()) + shown.substring(found.end()) : shown;
        return TEXTS.matcher(CURRENCIES.matcher(around).replaceAll("")).find()
                || TEXTS.matcher(digits).find()
                || shown.contains("%")
                || digits.matches(".*[0#?][-/][0#?].*")
                || LEADING_ZEROS.matcher(digits).matches();
    }
}
