package uk.fpw.text;

import java.util.Locale;

/** Numbers of things, as people write them. */
public final class Plural {

    private Plural() {}

    /** {@code 1 row}, {@code 2 rows}, {@code 0 queries}: a number and what is counted. */
    public static String of(long count, String thing) {
        return count + " " + word(count, thing);
    }

    /** The same with the thousands of the number apart: {@code 1,234 rows}. */
    public static String grouped(long count, String thing) {
        return String.format(Locale.ROOT, "%,d ", count) + word(count, thing);
    }

    /** Only the word for so many: {@code row} or {@code rows}. */
    public static String word(long count, String thing) {
        return count == 1 ? thing : of(thing);
    }

    /** The plural of a regular noun; one that ends in s is one already. */
    public static String of(String thing) {
        if (thing.endsWith("s")) {
            return thing;
        }
        boolean isConsonantY = thing.endsWith("y") && "aeiou".indexOf(thing.charAt(thing.length() - 2)) < 0;
        return isConsonantY ? thing.substring(0, thing.length() - 1) + "ies" : thing + "s";
    }
}
