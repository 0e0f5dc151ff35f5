package uk.fpw.warehouse.force.feed.text;

import java.util.Locale;

/**
 * What a feed does to the text of a value before anything else looks at it, so that a change of blanks or of case is no
 * change. Blanks are those of Unicode with the no-break ones (U+00A0, U+2007, U+202F). Zero-width characters (U+200B to
 * U+200D, U+2060, U+FEFF) are taken for nothing.
 */
public enum TextTransform {
    /** Takes blanks and zero-width characters away at both ends. */
    TRIM {
        @Override
        public String apply(String text) {
            int start = 0;
            int end = text.length();
            while (start < end && isNothing(text.charAt(start))) {
                start++;
            }
            while (end > start && isNothing(text.charAt(end - 1))) {
                end--;
            }
            return text.substring(start, end);
        }
    },
    /** Writes in upper case, regardless of the locale. */
    UPPER {
        @Override
        public String apply(String text) {
            return text.toUpperCase(Locale.ROOT);
        }
    },
    /** Writes in lower case, regardless of the locale. */
    LOWER {
        @Override
        public String apply(String text) {
            return text.toLowerCase(Locale.ROOT);
        }
    },
    /**
     * Makes one space of any run of blanks, of which none stays at the ends, and drops zero-width characters
     * everywhere.
     */
    COLLAPSE_SPACES {
        @Override
        public String apply(String text) {
            StringBuilder result = new StringBuilder(text.length());
            boolean isParted = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (isZeroWidth(c)) {
                    continue;
                }
                if (isBlank(c)) {
                    isParted = true;
                    continue;
                }
                if (isParted && !result.isEmpty()) {
                    result.append(' ');
                }
                isParted = false;
                result.append(c);
            }
            return result.toString();
        }
    };

    /** The text after it. */
    public abstract String apply(String text);

    private static boolean isNothing(char c) {
        return isBlank(c) || isZeroWidth(c);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isZeroWidth(char c) {
        return (c >= '\u200B' && c <= '\u200D') || c == '\u2060' || c == '\uFEFF';
    }
}
