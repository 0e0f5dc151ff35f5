package uk.fpw.profile;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.warehouse.failure.FpwException;

/**
 * Which dates of a list begin and end the wait of an item.
 *
 * @param entered position of the column with the date on which it begins
 * @param left positions of those with a date on which it ends, the first of which counts
 */
record ListWait(int entered, List<Integer> left) {

    /** Of the rows with an exit, so many may have another one too. */
    private static final double EXCEPTIONS = 0.05;

    /** Finds the two. */
    static final class Finder {

        private final SourceProfile profile;
        private final ListDates dates;
        private final List<Integer> dated;

        /** A search among the columns of which there are dates. */
        Finder(SourceProfile profile, ListDates dates) {
            this.profile = profile;
            this.dates = dates;
            this.dated = dates.columns();
        }

        /**
         * What was named, and for what was not the only columns that fit by name and order.
         *
         * @param namedEntered null if it was not named
         * @param namedLeft empty if they were not named
         * @throws FpwException with {@code CONFIGURATION} if none or several fit
         */
        ListWait find(@Nullable Integer namedEntered, List<Integer> namedLeft) {
            if (dated.size() < 2) {
                List<Integer> births = IntStream.range(0, profile.columns().size())
                        .filter(column -> profile.columns().get(column).isBirth())
                        .boxed()
                        .toList();
                throw refused(
                        "a wait needs two dates, of when an item came and when it left, but "
                                + (dated.isEmpty() ? "no column holds dates" : "only " + named(dated) + " holds dates")
                                + (births.isEmpty() ? "" : " beside what may be dates of birth: " + named(births)),
                        births.isEmpty()
                                ? "ask the source for both"
                                : "if some of these are no dates of birth, name them with --entered and --left");
            }
            int entered = namedEntered == null ? entered(namedLeft) : namedEntered;
            List<Integer> left = namedLeft.isEmpty() ? left(entered) : namedLeft;
            if (left.contains(entered)) {
                throw refused(
                        "column " + header(entered) + " is both --entered and --left",
                        "name another one of " + named(dated));
            }
            return new ListWait(entered, left);
        }

        /** The one with such a name; of several the one that is not later than any other of them. */
        private int entered(List<Integer> namedLeft) {
            List<Integer> fit = withWords(
                    column -> EventNames.has(column.header(), EventNames.ENTRIES)
                            && !EventNames.has(column.header(), EventNames.EXITS),
                    namedLeft);
            List<Integer> first = fit.stream()
                    .filter(one -> fit.stream().allMatch(other -> one.equals(other) || dates.areInOrder(one, other)))
                    .toList();
            if (first.size() == 1) {
                return first.get(0);
            }
            throw refused(
                    fit.isEmpty()
                            ? "no column of dates has a name that says when an item comes"
                            : "when an item comes may be any of " + named(fit),
                    "name it with --entered: one of " + named(dated));
        }

        private List<Integer> left(int entered) {
            List<Integer> fit =
                    withWords(column -> EventNames.has(column.header(), EventNames.EXITS), List.of(entered));
            List<Integer> later =
                    fit.stream().filter(exit -> dates.areInOrder(entered, exit)).toList();
            String remedy = "name what ends the wait with --left, several times if one of several dates ends it: "
                    + named(dated.stream().filter(column -> column != entered).toList());
            if (later.isEmpty()) {
                throw refused(
                        fit.isEmpty()
                                ? "no column of dates has a name that says when an item leaves"
                                : named(fit) + " " + (fit.size() == 1 ? "is" : "are") + " often earlier than "
                                        + header(entered),
                        remedy);
            }
            for (int one : later) {
                for (int other : later) {
                    if (one < other && dates.both(one, other) > EXCEPTIONS * dates.of(one).count) {
                        throw refused(
                                ProfileText.count(dates.both(one, other), "row has both ", "rows have both ")
                                        + header(one) + " and " + header(other)
                                        + ", so that one of them may be a step of the work and not its end",
                                remedy);
                    }
                }
            }
            List<Integer> others = dated.stream()
                    .filter(column -> column != entered && !later.contains(column) && isInstead(entered, later, column))
                    .toList();
            if (!others.isEmpty()) {
                throw refused(
                        "rows that have no " + named(later) + " have " + named(others)
                                + ", which may end the wait as well",
                        remedy);
            }
            return later;
        }

        /** Whether a date is later than the entry and hardly ever in one row with an exit, as another exit would be. */
        private boolean isInstead(int entered, List<Integer> left, int column) {
            long count = dates.of(column).count;
            return !EventNames.has(profile.columns().get(column).header(), EventNames.OTHERS)
                    && dates.areInOrder(entered, column)
                    && count
                            > EXCEPTIONS
                                    * left.stream()
                                            .mapToLong(exit -> dates.of(exit).count)
                                            .sum()
                    && left.stream().allMatch(exit -> dates.both(exit, column) <= EXCEPTIONS * count);
        }

        private List<Integer> withWords(Predicate<ColumnProfile> fits, List<Integer> taken) {
            return dated.stream()
                    .filter(column -> !taken.contains(column)
                            && fits.test(profile.columns().get(column))
                            && !EventNames.has(profile.columns().get(column).header(), EventNames.OTHERS))
                    .toList();
        }

        private String header(int column) {
            return DisplayText.text(profile.columns().get(column).header());
        }

        private String named(List<Integer> columns) {
            return columns.stream().map(this::header).collect(Collectors.joining(", "));
        }

        private FpwException refused(String problem, String remedy) {
            return ForceDraft.refused(profile, problem, remedy);
        }
    }
}
