package uk.fpw.report.text;

/** Texts that others have written, as pages and pictures can show them. They are not escaped for HTML here. */
public final class SafeText {

    private static final int REPLACEMENT = 0xFFFD;

    /** Left-to-right mark: what follows runs from left to right again. */
    private static final String LEFT_TO_RIGHT = "\u200E";

    private SafeText() {}

    /**
     * The text without what a page must not hold: control characters but tab and line feed become spaces; half
     * characters, those that are none, and those that turn the direction of what follows become U+FFFD.
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
     * The same for a text that may stand within a sentence. A number after letters that run from right to left would be
     * read as theirs, and drawn before them: a mark ends their run.
     */
    public static String within(String text) {
        String safe = of(text);
        return safe.codePoints().anyMatch(SafeText::isRightToLeft) ? safe + LEFT_TO_RIGHT : safe;
    }

    /** Whether a code point is no character, or changes how those after it are read. */
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
