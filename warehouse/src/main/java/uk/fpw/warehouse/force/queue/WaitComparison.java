package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Groups of a queue's first entries whose waits are compared by a log-rank test, two at a time. Declared in advance, so
 * that the number of comparisons made is known.
 *
 * @param name name of the comparison in the figures
 * @param title the question that it answers
 * @param by what makes a group
 * @param slice slice of the queue whose values are the groups; null exactly if the groups are periods
 * @param every each period of this kind is compared with the one before it; null where {@code of} names the groups
 * @param of the groups, each of which is compared with every other: titles of {@link CalendarPeriod}, or values of the
 *     slice. Empty: the periods of {@code every}, or every value of the slice
 * @param within slice of the queue within whose values the groups are compared (a stratified test); null for none
 */
public record WaitComparison(
        @JsonProperty("comparison") String name,
        String title,
        By by,
        @Nullable String slice,
        @Nullable PeriodKind every,
        List<String> of,
        @Nullable String within) {

    /** What makes a group. */
    public enum By {
        /** The period in which items entered. */
        COHORT("received in"),
        /** The period in which items were at risk of leaving: one item may be in several. */
        WINDOW("time at risk in"),
        /** The value of a slice at entry. */
        SLICE("value at entry of");

        private final String words;

        By(String words) {
            this.words = words;
        }

        /** What an item has to do with its group, to be read before the name of the group or slice. */
        public String words() {
            return words;
        }
    }

    /** Refuses a comparison whose groups are given twice or not at all. */
    public WaitComparison {
        of = List.copyOf(of);
        if ((by == By.SLICE) != (slice != null) || (by == By.SLICE ? every != null : (every == null) == of.isEmpty())) {
            throw new IllegalArgumentException("comparison " + name + ": set either slice, every or of");
        }
    }

    /** The periods that are compared, in their order; none if they are not named. */
    public List<CalendarPeriod> periods() {
        return by == By.SLICE
                ? List.of()
                : of.stream()
                        .map(title -> Objects.requireNonNull(CalendarPeriod.parse(title), title))
                        .toList();
    }

    /** Kind of the periods that are compared; null if values of a slice are. */
    public @Nullable PeriodKind periodKind() {
        return every != null || by == By.SLICE ? every : periods().get(0).kind();
    }
}
