package uk.fpw.query.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements of a text: each ends with a semicolon outside comments, literals and quoted names.
 *
 * @param whole the complete statements, without their semicolons
 * @param rest what follows the last of them; empty if that is only blanks and comments
 */
record Statements(List<String> whole, String rest) {

    private static final String COMMENT = "--[^\\n]*+|/\\*.*?(?:\\*/|\\z)";

    private static final Pattern PART = Pattern.compile(
            COMMENT + "|'(?:[^']++|'')*+(?:'|\\z)|\"(?:[^\"]++|\"\")*+(?:\"|\\z)|\\$\\$.*?(?:\\$\\$|\\z)|(;)",
            Pattern.DOTALL);

    private static final Pattern BLANK = Pattern.compile("(?:\\s++|--[^\\n]*+|/\\*.*?\\*/)*+", Pattern.DOTALL);

    static Statements of(String text) {
        List<String> whole = new ArrayList<>();
        int begin = 0;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            if (part.group(1) != null) {
                String statement = text.substring(begin, part.start());
                if (!isBlank(statement)) {
                    whole.add(statement.strip());
                }
                begin = part.end();
            }
        }
        String rest = text.substring(begin);
        return new Statements(List.copyOf(whole), isBlank(rest) ? "" : rest.stripLeading());
    }

    /** Whether there is nothing to run in a text: blanks and comments only. */
    static boolean isBlank(String text) {
        return BLANK.matcher(text).matches();
    }
}
