package uk.fpw.report.text;

/** What a control chart says, in words: a rule counts points, of which a reader knows that they are months or weeks. */
public final class SignalWords {

    private SignalWords() {}

    /** The signal of a chart of months, such as {@code 7 months in a row above the mean}. */
    public static String ofMonths(String signal) {
        return of(signal, "months");
    }

    /** A text with a signal of a chart of weeks. */
    public static String ofWeeks(String text) {
        return of(text, "weeks");
    }

    private static String of(String text, String units) {
        return text.replaceFirst("(shift|trend): 7 points", "7 " + units + " in a row")
                .replaceFirst("2 of 3 near", "2 of 3 " + units + " in a row near");
    }
}
