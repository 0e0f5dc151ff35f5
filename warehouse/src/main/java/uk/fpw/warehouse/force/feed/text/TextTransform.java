package uk.fpw.warehouse.force.feed.text;

import java.util.Locale;

/**
 * A transform that a feed applies to the text of a value before anything else, so that changes of blanks or case do not
 * count as changes. Blanks are those of Unicode including no-break ones (U+00A0, U+2007, U+202F). Zero-width characters
 * (U+200B to U+200D, U+2060, U+FEFF) count as nothing.
 */
public enum TextTransform {
    /** Removes blanks and zero-width characters at both ends. */
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
    /** Converts to upper case, independent of locale. */
    UPPER {
        @Override
        public String apply(String text) {
            return text.toUpperCase(Locale.ROOT);
        }
    },
    /** Converts to lower case, independent of locale. */
    LOWER {
        @Override
        public String apply(String text) {
            return text.toLowerCase(Locale.ROOT);
        }
    },
    /** Replaces each run of blanks by one space, trims both ends and removes zero-width characters everywhere. */
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

    /** The transformed text. */
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
