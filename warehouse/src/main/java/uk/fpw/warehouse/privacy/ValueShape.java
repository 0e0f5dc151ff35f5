package uk.fpw.warehouse.privacy;

import uk.fpw.text.Plural;

/**
 * The shape of a value without its content: enough to see a wrong date format or a shifted column, without personal
 * data. Never contains a letter or digit of the value.
 */
public final class ValueShape {

    private static final int MAX_LENGTH = 60;

    /** Longer runs of digits are abbreviated to their length. */
    private static final int MAX_DIGITS = 12;

    private ValueShape() {}

    /**
     * The shape of a text: {@code dd/dd/dddd} for {@code 31/02/2024}, {@code 24 letters}, {@code [5 letters] dd}; for
     * long or varied values a summary: {@code 120 characters: 4 digits, 98 letters, 18 others}.
     */
    public static String of(String text) {
        if (text.isEmpty()) {
            return "empty";
        }
        int letters = 0;
        int digits = 0;
        StringBuilder shape = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            Kind kind = Kind.of(text.codePointAt(at));
            int end = at;
            int run = 0;
            while (end < text.length() && Kind.of(text.codePointAt(end)) == kind) {
                end += Character.charCount(text.codePointAt(end));
                run++;
            }
            switch (kind) {
                case LETTER -> {
                    letters += run;
                    shape.append('[').append(Plural.of(run, "letter")).append(']');
                }
                case DIGIT -> {
                    digits += run;
                    shape.append(run <= MAX_DIGITS ? "d".repeat(run) : "[" + Plural.of(run, "digit") + "]");
                }
                case SIGN -> shape.append(text, at, end);
                case OTHER -> shape.append('[').append(Plural.of(run, "other")).append(']');
            }
            at = end;
        }
        int length = text.codePointCount(0, text.length());
        if (letters == length) {
            return Plural.of(letters, "letter");
        }
        if (digits == length && digits > MAX_DIGITS) {
            return Plural.of(digits, "digit");
        }
        return shape.length() <= MAX_LENGTH
                ? shape.toString()
                : Plural.of(length, "character") + ": " + Plural.of(digits, "digit") + ", "
                        + Plural.of(letters, "letter") + ", " + Plural.of(length - digits - letters, "other");
    }

    private enum Kind {
        LETTER,
        DIGIT,
        /** Punctuation and blanks, which are shown. */
        SIGN,
        OTHER;

        static Kind of(int character) {
            if (Character.isLetter(character) || isMark(character)) {
                return LETTER;
            }
            if (Character.isDigit(character)) {
                return DIGIT;
            }
            return character >= ' ' && character <= '~' ? SIGN : OTHER;
        }

        private static boolean isMark(int character) {
            int type = Character.getType(character);
            return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
        }
    }
}
