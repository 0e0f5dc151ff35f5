package uk.fpw.report.text;

/** What a control chart says, in words: a rule counts points, of which a reader knows that they are months. */
public final class SignalWords {

    private SignalWords() {}

    /** The signal of a chart of months, such as {@code 7 months in a row above the mean}. */
    public static String ofMonths(String signal) {
        String rule = signal.replaceFirst("^(shift|trend): ", "");
        String words = rule.startsWith("7 points") ? rule.replace("7 points", "7 months in a row") : rule;
        return words.startsWith("2 of 3 near") ? words.replace("2 of 3 near", "2 of 3 months in a row near") : words;
    }
}
