package uk.fpw.warehouse.force.feed.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a value must be like: a regular expression of {@code java.util.regex} that the whole text matches.
 * Java remembers where most repetitions failed; but with counts and references to groups some expressions still take
 * time that doubles with every character of a text that almost matches. So the characters that are read are
 * counted and texts are bounded, and beyond either bound a text does not match. That is exact, and needs no clock and
 * no other library.
 */
public final class TextPattern {

    /** Longer expressions are rejected: no code or reference needs one. */
    static final int MAX_EXPRESSION = 200;

    /** Longer texts are no codes or references, and would overflow the stack of the matcher. */
    static final int MAX_TEXT = 1_000;

    /** Steps for one text: a normal expression needs a few tens per character. */
    static final int MAX_STEPS = 100_000;

    /**
     * Repetitions required by nested counts; repetitions of an empty text take no steps.
     */
    private static final long MAX_COUNTED = 10_000;

    private static final int SAMPLE_LENGTH = 60;

    private final Pattern pattern;

    private TextPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** How a text compares with the pattern. */
    public enum Result {
        /** It matches. */
        MATCHES,
        /** It does not. */
        DIFFERS,
        /** It is longer than a text that can be compared. */
        TOO_LONG,
        /** Comparing it takes too many steps. */
        TOO_EXPENSIVE
    }

    /**
     * The pattern of an expression.
     *
     * @throws PatternSyntaxException if it is not one
     */
    public static TextPattern of(String expression) {
        return new TextPattern(Pattern.compile(expression));
    }

    /** What is wrong with an expression; null if nothing is. */
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

    /** Tested with texts that repeat one character of the expression and end with one that does not match. */
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

    /** A text whose characters can be read at most {@link #MAX_STEPS} times. */
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
