package uk.fpw.report.today;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.chart.Chart;

/**
 * What the first page shows.
 *
 * @param parts what needs attention, in the order of {@link Attention.Harm}
 * @param byChance how many the rules are expected to find where nothing has changed
 * @param better queues that are better than before and how items left them, a sentence each
 * @param untold queues of which better or worse cannot be told, a sentence each
 * @param queues one line per queue
 * @param waitingNote what is in no figure, and what waits although it is closed; begins with a space, empty if
 *     there is neither
 * @param moved what differs from the release before, a sentence each
 * @param rules what is looked for
 */
public record TodayModel(
        List<Part> parts,
        String byChance,
        List<Better> better,
        List<Better> untold,
        List<QueueLine> queues,
        String waitingNote,
        List<String> moved,
        List<Attention.Rule> rules) {

    /** Whether a sentence names a 95 % interval, so that a reader may ask what that is. */
    public boolean hasIntervals() {
        return Stream.concat(
                        parts.stream()
                                .flatMap(part -> Stream.concat(part.shown().stream(), part.more().stream()))
                                .map(Attention::sentence),
                        better.stream().map(Better::sentence))
                .anyMatch(sentence -> sentence.contains("95 % interval"));
    }

    /**
     * What concerns the same people or things.
     *
     * @param shown the first of what was found
     * @param more the others
     */
    public record Part(Attention.Harm harm, List<Attention> shown, List<Attention> more) {

        /** How many others, in words. */
        public String moreHeading() {
            return more.size() + " more";
        }

        /** What it means that nothing was found; empty if something was. */
        public String nothing() {
            return shown.isEmpty() ? "No rule found anything. Rules see only what is recorded." : "";
        }
    }

    /** A queue with a sentence on how it differs from before. */
    public record Better(String title, String href, String sentence) {}

    /** One queue at the end of the business date, each value as text. */
    public record QueueLine(
            String title,
            String href,
            String unit,
            String waiting,
            String weekBefore,
            String yearBefore,
            String verdict,
            String pastStandard,
            String dueSoon,
            String longestWait,
            @Nullable Chart chart) {}
}
