package uk.fpw.query.shell;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * Tells JLine whether a statement is complete, and which word is being typed: letters, digits, underscores and the dots
 * between names.
 */
public final class SqlParser implements Parser {

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        boolean mustBeWhole = context == ParseContext.ACCEPT_LINE || context == ParseContext.SECONDARY_PROMPT;
        if (mustBeWhole && !Shell.isCommand(line) && !Statements.of(line).rest().isEmpty()) {
            throw new EOFError(-1, -1, "the statement has no semicolon yet", ";");
        }
        int begin = cursor;
        while (begin > 0 && isOfWord(line.charAt(begin - 1))) {
            begin--;
        }
        int end = cursor;
        while (end < line.length() && isOfWord(line.charAt(end))) {
            end++;
        }
        return new Line(line, cursor, line.substring(begin, end), cursor - begin);
    }

    private static boolean isOfWord(char letter) {
        return Character.isLetterOrDigit(letter) || letter == '_' || letter == '.';
    }

    /** A line with the word at the cursor; the rest is treated as text. */
    private record Line(String line, int cursor, String word, int wordCursor) implements CompletingParsedLine {

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor;
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }
    }
}
