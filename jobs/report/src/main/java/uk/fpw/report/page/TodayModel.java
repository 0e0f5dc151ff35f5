package uk.fpw.report.page;

import java.util.List;

/**
 * What the first page shows.
 *
 * @param heading how many things need attention, in words
 * @param shown the first of them
 * @param more the others
 * @param moreHeading how many others
 * @param byChance how many the rules are expected to find where nothing has changed
 * @param queues one line per queue
 * @param waitingNote what is in no figure, and what waits although it is closed; begins with a space, empty if
 *     there is neither
 * @param moved what differs from the release before, a sentence each
 * @param rules what is looked for
 */
public record TodayModel(
        String heading,
        List<Attention> shown,
        List<Attention> more,
        String moreHeading,
        String byChance,
        List<QueueLine> queues,
        String waitingNote,
        List<String> moved,
        List<Rule> rules) {

    /**
     * A rule.
     *
     * @param name its name, as each thing that it finds shows it
     * @param meaning what it looks for
     */
    public record Rule(String name, String meaning) {}

    /** One queue at the end of the business date, each value as text. */
    public record QueueLine(
            String title,
            String href,
            String unit,
            String waiting,
            String weekBefore,
            String yearBefore,
            String pastStandard,
            String dueSoon,
            String longestWait) {}
}
