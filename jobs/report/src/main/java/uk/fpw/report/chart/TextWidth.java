package uk.fpw.report.chart;

/** Estimates the width of texts in a picture, rather too wide than too narrow. */
final class TextWidth {

    private TextWidth() {}

    /** The text, truncated with an ellipsis if it is too wide. */
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

    /** The approximate maximum width of a text. */
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
