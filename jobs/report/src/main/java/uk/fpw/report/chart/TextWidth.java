package uk.fpw.report.chart;

/** Room that texts need in a picture; estimated, rather too much. */
final class TextWidth {

    private TextWidth() {}

    /** The text, cut with an ellipsis where it would be wider than the room. */
    static String fit(String text, double room, double fontSize) {
        if (of(text, fontSize) <= room) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        double used = fontSize;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int one = text.codePointAt(at);
            used += fontSize * ems(one);
            if (used > room) {
                break;
            }
            cut.appendCodePoint(one);
        }
        return cut.toString().strip() + "…";
    }

    /** How wide a text is drawn, at most about. */
    static double of(String text, double fontSize) {
        return fontSize * text.codePoints().mapToDouble(TextWidth::ems).sum();
    }

    private static double ems(int one) {
        if (one > 0x2E80) {
            return 1.05;
        }
        if ("iljtfr.,:;'|!()[] ".indexOf(one) >= 0) {
            return 0.4;
        }
        return "mwMW@%".indexOf(one) >= 0 ? 0.95 : Character.isUpperCase(one) ? 0.72 : 0.6;
    }
}
