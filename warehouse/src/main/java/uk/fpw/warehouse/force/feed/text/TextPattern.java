package uk.fpw.warehouse.force.feed.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of {@code java.util.regex} that the whole text of a value must match. Java memoises most
 * repetitions that failed, but expressions with counts and back references can still take time that doubles with each
 * character of a text that almost matches. Therefore character reads are counted and the length of texts is limited; a
 * text that exceeds either limit does not match. This is deterministic and needs neither a clock nor a library.
 */
public final class TextPattern {

    /** Maximum length of an expression; no code or reference needs more. */
    static final int MAX_EXPRESSION = 200;

    /** Maximum length of a text; longer ones are no codes or references and would overflow the matcher's stack. */
    static final int MAX_TEXT = 1_000;

    /** Maximum number of character reads per text; a normal expression needs a few tens per character. */
    static final int MAX_STEPS = 100_000;

    /**
     * Maximum number of repetitions required by nested counts. These are limited separately because repeating an empty
     * text reads no characters.
     */
    private static final long MAX_COUNTED = 10_000;

    private static final int SAMPLE_LENGTH = 60;

    private final Pattern pattern;

    private TextPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Result of comparing a text with the pattern. */
    public enum Result {
        MATCHES,
        /** The text does not match. */
        DIFFERS,
        /** The text is too long to be compared. */
        TOO_LONG,
        /** Comparing the text takes too many steps. */
        TOO_EXPENSIVE
    }

    /**
     * The pattern for an expression.
     *
     * @throws PatternSyntaxException if it is invalid
     */
    public static TextPattern of(String expression) {
        return new TextPattern(Pattern.compile(expression));
    }

    /** What is wrong with an expression; null if it is valid. */
    public static @Nullable String problem(String expression) {
        if (expression.length() > MAX_EXPRESSION) {
            return "is longer than " + MAX_EXPRESSION + " characters";
        }
        TextPattern made;
        try {
            made = of(expression);
        } catch (PatternSyntaxException refused) {
            return "'" + expression + "' is not a regular expression (" + refused.getDescription() + ")";
        }
        if (CountedRepetitions.of(expression, MAX_COUNTED) > MAX_COUNTED) {
            return "'" + expression + "' requires more than " + MAX_COUNTED
                    + " repetitions, so some texts would take very long to match";
        }
        return made.isTooExpensive(expression)
                ? "'" + expression + "' has nested repetitions, so some texts would take very long to match"
                : null;
    }

    /** Compares the whole text. */
    public Result compare(String text) {
        if (text.length() > MAX_TEXT) {
            return Result.TOO_LONG;
        }
        try {
            Matcher matcher = pattern.matcher(new Counted(text));
            return matcher.matches() ? Result.MATCHES : Result.DIFFERS;
        } catch (StepsException | StackOverflowError tooMany) {
            return Result.TOO_EXPENSIVE;
        }
    }

    /** The expression. */
    @Override
    public String toString() {
        return pattern.pattern();
    }

    /** Tries texts that repeat one character of the expression and end with one that does not match. */
    private boolean isTooExpensive(String expression) {
        String characters = "aA0 -_.," + expression.replaceAll("[^\\p{Alnum}]", "");
        return characters
                .chars()
                .distinct()
                .anyMatch(c -> compare(Character.toString(c).repeat(SAMPLE_LENGTH) + "\u0001") == Result.TOO_EXPENSIVE);
    }

    private static final class StepsException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StepsException() {
            super("too many steps", null, false, false);
        }
    }

    /** A text whose characters may be read at most {@link #MAX_STEPS} times. */
    private static final class Counted implements CharSequence {

        private final CharSequence text;
        private int steps;

        Counted(CharSequence text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++steps > MAX_STEPS) {
                throw new StepsException();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
