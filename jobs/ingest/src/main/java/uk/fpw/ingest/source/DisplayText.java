package uk.fpw.ingest.source;

/** Texts from a file for messages: on a single line, with control characters made visible. */
public final class DisplayText {

    private static final int MAX_LENGTH = 200;

    private DisplayText() {}

    /** At most 200 characters, with invisible characters escaped. */
    public static String text(String text) {
        return escaped(text, MAX_LENGTH);
    }

    /** The whole text, with invisible characters escaped. */
    public static String whole(String text) {
        return escaped(text, Integer.MAX_VALUE);
    }

    private static String escaped(String text, int maxLength) {
        StringBuilder shown = new StringBuilder();
        for (int index = 0; index < text.length(); index++) {
            char next = text.charAt(index);
            switch (next) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (isInvisible(next)) {
                        shown.append(String.format("\\u%04X", (int) next));
                    } else {
                        shown.append(next);
                    }
                }
            }
            if (shown.length() > maxLength) {
                return shown.substring(0, maxLength - 1) + "…";
            }
        }
        return shown.toString();
    }

    private static boolean isInvisible(char next) {
        return Character.isISOControl(next)
                || Character.getType(next) == Character.FORMAT
                || Character.getType(next) == Character.LINE_SEPARATOR
                || Character.getType(next) == Character.PARAGRAPH_SEPARATOR;
    }
}
