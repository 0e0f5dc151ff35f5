package uk.fpw.publish.export;

import java.util.regex.Pattern;

/** Converts texts to what a cell of an Excel workbook can hold. */
final class CellText {

    /**
     * Maximum length of a cell in UTF-16 characters; when Excel repairs a workbook with longer texts, they are lost.
     */
    static final int MAX_LENGTH = 32_767;

    /** Excel reads this as one character, given by its number (ECMA-376, ST_Xstring). */
    private static final Pattern ESCAPE = Pattern.compile("_(x[0-9A-Fa-f]{4}_)");

    private static final char REPLACEMENT = '\uFFFD';

    private CellText() {}

    /**
     * The text without what a workbook cannot hold: control characters and unpaired surrogates become U+FFFD, line
     * breaks become line feeds. A text that is too long is cut, with a note at its end.
     */
    static String of(String text) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
        text.replace("\r\n", "\n").codePoints().forEach(character -> {
            if (character == '\r') {
                plain.append('\n');
            } else if (isAllowed(character)) {
                plain.appendCodePoint(character);
            } else {
                plain.append(REPLACEMENT);
            }
        });
        return ESCAPE.matcher(cut(plain)).replaceAll("_x005F_$1");
    }

    /** Whether XML 1.0 allows the character. */
    private static boolean isAllowed(int character) {
        return character == '\t'
                || character == '\n'
                || (character >= 0x20 && character < 0xD800)
                || (character >= 0xE000 && character < 0xFFFE)
                || character >= 0x10000;
    }

    private static String cut(StringBuilder text) {
        if (text.length() <= MAX_LENGTH) {
            return text.toString();
        }
        String note = "... [cut: the text has " + text.length() + " characters]";
        int end = MAX_LENGTH - note.length();
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + note;
    }
}
