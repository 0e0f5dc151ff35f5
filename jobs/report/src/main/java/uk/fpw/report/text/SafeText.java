package uk.fpw.report.text;

/** Makes texts from other systems safe for pages and pictures. Does not escape HTML. */
public final class SafeText {

    private static final int REPLACEMENT = 0xFFFD;

    /** Left-to-right mark, which ends a run of right-to-left text. */
    private static final String LEFT_TO_RIGHT = "\u200E";

    private SafeText() {}

    /**
     * Replaces what a page must not contain: control characters except tab and line feed become spaces; unpaired
     * surrogates, noncharacters and characters that change the text direction become U+FFFD.
     */
    public static String of(String text) {
        if (text.codePoints().noneMatch(one -> isControl(one) || isUnsafe(one))) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints()
                .forEach(one -> safe.appendCodePoint(isControl(one) ? ' ' : isUnsafe(one) ? REPLACEMENT : one));
        return safe.toString();
    }

    /**
     * The same for a text within a sentence. A number after right-to-left letters would be read as part of them and
     * drawn before them; a mark ends their run.
     */
    public static String within(String text) {
        String safe = of(text);
        return safe.codePoints().anyMatch(SafeText::isRightToLeft) ? safe + LEFT_TO_RIGHT : safe;
    }

    /** Whether a code point is not a character, or changes how following ones are read. */
    public static boolean isUnsafe(int one) {
        return (one >= 0x202A && one <= 0x202E)
                || (one >= 0x2066 && one <= 0x2069)
                || Character.getType(one) == Character.SURROGATE
                || (one & 0xFFFE) == 0xFFFE;
    }

    private static boolean isControl(int one) {
        return Character.isISOControl(one) && one != '\n' && one != '\t';
    }

    private static boolean isRightToLeft(int one) {
        byte direction = Character.getDirectionality(one);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }
}
