package uk.fpw.text;

import java.util.Locale;

/** Numbers with nouns, in singular or plural. */
public final class Plural {

    private Plural() {}

    /** A number and what is counted: {@code 1 row}, {@code 2 rows}, {@code 0 queries}. */
    public static String of(long count, String thing) {
        return count + " " + word(count, thing);
    }

    /** The same with thousands separators: {@code 1,234 rows}. */
    public static String grouped(long count, String thing) {
        return String.format(Locale.ROOT, "%,d ", count) + word(count, thing);
    }

    /** Only the noun, in the form for that number: {@code row} or {@code rows}. */
    public static String word(long count, String thing) {
        return count == 1 ? thing : of(thing);
    }

    /** The plural of a regular noun; a noun that ends in s is returned as it is. */
    public static String of(String thing) {
        if (thing.endsWith("s")) {
            return thing;
        }
        boolean isConsonantY = thing.endsWith("y") && "aeiou".indexOf(thing.charAt(thing.length() - 2)) < 0;
        return isConsonantY ? thing.substring(0, thing.length() - 1) + "ies" : thing + "s";
    }
}
