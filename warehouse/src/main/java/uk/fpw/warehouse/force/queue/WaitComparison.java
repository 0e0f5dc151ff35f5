package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Groups of a queue's first entries whose waits are compared in pairs by a log-rank test. Declared in advance, so that
 * the number of comparisons is known.
 *
 * @param name name of the comparison in the figures
 * @param title question that it answers
 * @param by how groups are formed
 * @param slice slice of the queue whose values form the groups; null exactly if the groups are periods
 * @param every compares each period of this kind with the previous one; null if {@code of} lists the groups
 * @param of groups, each of which is compared with every other: titles of {@link CalendarPeriod} or values of the
 *     slice. If empty, the periods of {@code every} or all values of the slice
 * @param within slice of the queue that stratifies the test; null for none
 */
public record WaitComparison(
        @JsonProperty("comparison") String name,
        String title,
        By by,
        @Nullable String slice,
        @Nullable PeriodKind every,
        List<String> of,
        @Nullable String within) {

    /** How groups are formed. */
    public enum By {
        /** By the period in which items entered. */
        COHORT("received in"),
        /** By the period in which items were at risk of leaving; an item may be in several. */
        WINDOW("time at risk in"),
        /** By the value of a slice at entry. */
        SLICE("value at entry of");

        private final String words;

        By(String words) {
            this.words = words;
        }

        /** How items relate to their group; followed by the name of the group or slice. */
        public String words() {
            return words;
        }
    }

    public WaitComparison {
        of = List.copyOf(of);
        if ((by == By.SLICE) != (slice != null) || (by == By.SLICE ? every != null : (every == null) == of.isEmpty())) {
            throw new IllegalArgumentException("comparison " + name + ": set either slice, every or of");
        }
    }

    /**
     * The listed groups without periods that began before a day. If all did, the last of them, which cannot be compared
     * with another.
     *
     * @param day null for all groups
     */
    public List<String> groupsFrom(@Nullable LocalDate day) {
        if (day == null || by == By.SLICE || of.isEmpty()) {
            return of;
        }
        List<String> later = of.stream()
                .filter(title -> !period(title).startOn().isBefore(day))
                .toList();
        return later.isEmpty() ? of.subList(of.size() - 1, of.size()) : later;
    }

    private static CalendarPeriod period(String title) {
        return Objects.requireNonNull(CalendarPeriod.parse(title), title);
    }

    /** Kind of the periods to compare; null if values of a slice are compared. */
    public @Nullable PeriodKind periodKind() {
        return every != null || by == By.SLICE ? every : period(of.get(0)).kind();
    }
}
