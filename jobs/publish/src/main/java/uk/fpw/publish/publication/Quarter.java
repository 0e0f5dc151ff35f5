package uk.fpw.publish.publication;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A calendar quarter, which is a quarter of the financial year from April too.
 *
 * @param number 1 is January to March
 */
public record Quarter(int year, int number) {

    private static final Pattern FORM = Pattern.compile("(\\d{4})-?Q([1-4])");
    private static final int CENTURY = 100;

    /**
     * The quarter of a text such as {@code 2015Q3}.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static Quarter parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a quarter: " + text);
        }
        return new Quarter(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** The quarter that contains a day. */
    public static Quarter of(LocalDate day) {
        return new Quarter(day.getYear(), day.get(IsoFields.QUARTER_OF_YEAR));
    }

    /** First day. */
    public LocalDate startOn() {
        return LocalDate.of(year, 1, 1).plusMonths(3L * (number - 1));
    }

    /** Last day. */
    public LocalDate endOn() {
        return startOn().plusMonths(3).minusDays(1);
    }

    /** Whether a financial year ends with it. */
    boolean endsFinancialYear() {
        return number == 1;
    }

    /** The financial year that it is in, such as {@code 2014/15}. */
    String financialYear() {
        int start = startOn().minusMonths(3).getYear();
        return String.format(Locale.ROOT, "%d/%02d", start, (start + 1) % CENTURY);
    }

    /** Such as {@code 2015Q3}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%04dQ%d", year, number);
    }
}
