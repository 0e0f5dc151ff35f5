package uk.fpw.profile;

import java.util.Locale;
import uk.fpw.ingest.source.DisplayText;

/** Names and numbers as people and YAML read them. */
final class ProfileText {

    private ProfileText() {}

    static String count(long number, String one, String several) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : several);
    }

    /** A name on one line, with what cannot be seen made visible. */
    static String shown(String name) {
        return DisplayText.text(name);
    }

    /** A YAML text in double quotes. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int index = 0; index < text.length(); index++) {
            char next = text.charAt(index);
            if (next == '"' || next == '\\') {
                quoted.append('\\').append(next);
            } else if (next == '\t') {
                quoted.append("\\t");
            } else if (Character.isISOControl(next)
                    || Character.getType(next) == Character.FORMAT
                    || Character.getType(next) == Character.LINE_SEPARATOR
                    || Character.getType(next) == Character.PARAGRAPH_SEPARATOR) {
                quoted.append(String.format("\\u%04X", (int) next));
            } else {
                quoted.append(next);
            }
        }
        return quoted.append('"').toString();
    }
}
