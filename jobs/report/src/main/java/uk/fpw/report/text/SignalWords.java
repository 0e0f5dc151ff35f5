package uk.fpw.report.text;

import java.time.LocalDate;

/** What a control chart says, in words: a rule counts points, of which a reader knows that they are months or weeks. */
public final class SignalWords {

    private SignalWords() {}

    /** The signal of a chart of months, such as {@code 7 or more months in a row above the mean}. */
    public static String ofMonths(String signal) {
        return of(signal, "months");
    }

    /** A text with a signal of a chart of weeks. */
    public static String ofWeeks(String text) {
        return of(text, "weeks");
    }

    /**
     * From which months limits come, as one or two sentences. Limits over months that were not alike are no measure of
     * what is usual; where most of them break a rule, the flow did not stay at the level that the mean gives.
     *
     * @param months how many
     * @param signals how many of them break a rule
     */
    public static String base(LocalDate from, LocalDate to, long months, long signals) {
        String base = English.of(months, "month") + ", " + English.shortMonth(from) + " to " + English.shortMonth(to);
        if (areDoubtful(months, signals)) {
            return "These limits mean little: of the " + base + ", from which they come, " + English.count(signals)
                    + " show more than chance, so there was no usual level. Limits begin anew only where a change is "
                    + "recorded with its reason.";
        }
        return "The limits come from " + base
                + (signals == 0
                        ? ", none of which shows more than chance."
                        : ", of which " + English.count(signals) + (signals == 1 ? " shows" : " show")
                                + " more than chance: the months were not alike, and one within the limits need not "
                                + "be usual.");
    }

    /** Whether limits mean little: most of the months from which they come break a rule. */
    public static boolean areDoubtful(long months, long signals) {
        return 2 * signals > months;
    }

    private static String of(String text, String units) {
        return text.replaceFirst("(shift|trend): 7 points", "7 or more " + units + " in a row")
                .replaceFirst("2 of 3 near", "2 of 3 " + units + " in a row near");
    }
}
