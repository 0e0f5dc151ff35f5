package uk.fpw.publish.publication;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.ledger.Publications.Graded;
import uk.fpw.warehouse.store.ledger.Publications.Row;

/**
 * Which counts leave the force, and how they are rounded. Pure: the same counts always give the same rows.
 *
 * <p>No count of fewer than {@value #PROTECTED} may be known to within less than 2 by whoever has every publication
 * and this text. Two properties ensure it. First, the figures of a publication contain each other or overlap, but
 * none is the sum of others: queues that are stages or variants of another are not published. What follows from
 * published figures about one that was left out is therefore only that it is at least something, such as what waits
 * in the end is at most what waited in the beginning and what came. Where queues do add up, the force leaves one out:
 * of 77 in one queue, published as 75, and 38 in each of two of its three parts, the third has at most one. Second,
 * that it was left out only says that it is below {@value #FEWEST}, which is far enough above {@value #PROTECTED}:
 * with {@value #PROTECTED} itself, a queue that ends a quarter with 58 would show that it began it with exactly 29,
 * and received exactly 29. Grades do add up to a number of cases that others may know; {@link #grades} leaves out so
 * much that what is left out is itself {@value #FEWEST} or more.
 *
 * <p>Themes of a scheme are judged in the same cases, and one may follow from others: overall, say, is the worst of
 * all. The grades that two themes share then say something about each that they left out, and together with the number
 * of cases it may be all. So a theme of several is published with all its grades or not at all. Of each theme one set
 * of cases is published, because populations may contain each other: what is left of one would be another.
 */
public final class PublicationRule {

    /** Version of the rule; another rule needs another number. */
    public static final int VERSION = 2;

    /** Counts of fewer cases or people are protected. */
    static final int PROTECTED = 30;

    /** Counts of fewer cases or people are left out. */
    static final int FEWEST = 35;

    /** Published counts are rounded to a multiple of this. */
    static final int STEP = 5;

    /** A year of a scheme with fewer cases is left out. */
    static final int FEWEST_CASES = 100;

    private PublicationRule() {}

    /** The exact counts of one queue in one quarter, of cases or people. */
    record QueueCounts(String queue, String title, long received, long waiting) {}

    /** The exact count of one grade, of cases or people. */
    record GradeCount(String grade, int rank, long count) {}

    /**
     * The exact counts of one set of cases in one financial year.
     *
     * @param scheme of the grades
     * @param version of the grades
     * @param theme the aspect of the cases that was judged; null if it is not recorded
     * @param population cases from which these were selected; null if it is not recorded
     * @param selection how they were selected: {@code random} or {@code all}
     * @param caseCount cases with any grade
     * @param grades every grade of the version
     */
    record GradedCases(
            String scheme,
            String title,
            int version,
            @Nullable String theme,
            @Nullable String population,
            String selection,
            long caseCount,
            List<GradeCount> grades) {

        boolean isAboutTheSameAs(GradedCases other) {
            return scheme.equals(other.scheme) && version == other.version && Objects.equals(theme, other.theme);
        }

        boolean hasSmallGrade() {
            return grades.stream().anyMatch(grade -> grade.count() < FEWEST);
        }
    }

    /**
     * The sets of cases whose grades may be published: with {@value #FEWEST_CASES} cases or more, and of those of one
     * theme the largest. In order of scheme, version and theme.
     */
    static List<GradedCases> candidates(List<GradedCases> all) {
        List<GradedCases> candidates = new ArrayList<>();
        all.stream()
                .filter(cases -> cases.caseCount() >= FEWEST_CASES)
                .sorted(Comparator.comparingLong(GradedCases::caseCount)
                        .reversed()
                        .thenComparing(GradedCases::selection)
                        .thenComparing(cases -> Objects.toString(cases.population(), "")))
                .forEach(cases -> {
                    if (candidates.stream().noneMatch(cases::isAboutTheSameAs)) {
                        candidates.add(cases);
                    }
                });
        candidates.sort(Comparator.comparing(GradedCases::scheme)
                .thenComparing(GradedCases::version)
                .thenComparing(cases -> Objects.toString(cases.theme(), "")));
        return candidates;
    }

    /** The rows that there would be if no count were small. */
    static int planned(List<QueueCounts> queues, List<GradedCases> graded) {
        return queues.size() * 2
                + candidates(graded).stream()
                        .mapToInt(cases -> cases.grades().size())
                        .sum();
    }

    /** The rows that are published of a quarter and, if graded cases are given, of the financial year that it ends. */
    static List<Row> rows(Quarter quarter, List<QueueCounts> queues, List<GradedCases> graded) {
        List<Row> rows = new ArrayList<>();
        queues.stream().sorted(Comparator.comparing(QueueCounts::queue)).forEach(counts -> {
            queue(rows, quarter, counts, "received", counts.received());
            queue(rows, quarter, counts, "waiting", counts.waiting());
        });
        List<GradedCases> candidates = candidates(graded);
        for (GradedCases cases : candidates) {
            boolean isOneOfSeveral = candidates.stream()
                            .filter(other -> other.scheme().equals(cases.scheme()))
                            .count()
                    > 1;
            if (!isOneOfSeveral || !cases.hasSmallGrade()) {
                grades(cases).forEach(grade -> rows.add(row(quarter, cases, grade)));
            }
        }
        return rows;
    }

    private static Row row(Quarter quarter, GradedCases cases, GradeCount grade) {
        return new Row(
                "graded",
                quarter.financialYear(),
                cases.scheme(),
                cases.title(),
                new Graded(cases.version(), cases.theme(), cases.population(), cases.selection(), grade.grade()),
                rounded(grade.count()));
    }

    private static void queue(List<Row> rows, Quarter quarter, QueueCounts counts, String figure, long count) {
        if (count >= FEWEST) {
            rows.add(new Row(figure, quarter.toString(), counts.queue(), counts.title(), null, rounded(count)));
        }
    }

    /** The grades that are published, best first: as long as those left out together are few, the smallest goes too. */
    private static List<GradeCount> grades(GradedCases cases) {
        List<GradeCount> published = cases.grades().stream()
                .filter(grade -> grade.count() >= FEWEST)
                .sorted(Comparator.comparingLong(GradeCount::count).reversed().thenComparing(GradeCount::rank))
                .collect(Collectors.toCollection(ArrayList::new));
        boolean isComplete = published.size() == cases.grades().size();
        long leftOut = cases.grades().stream()
                .mapToLong(GradeCount::count)
                .filter(count -> count < FEWEST)
                .sum();
        while (!isComplete && leftOut < FEWEST && !published.isEmpty()) {
            leftOut += published.remove(published.size() - 1).count();
        }
        published.sort(Comparator.comparing(GradeCount::rank));
        return published;
    }

    /** The nearest multiple of 5: 33 to 37 become 35. */
    static long rounded(long count) {
        return Math.floorDiv(count + STEP / 2, STEP) * STEP;
    }

    /** The rule as it is printed with each publication, one sentence or two per line. */
    static List<String> words() {
        return List.of(
                "Counted are cases or people, each once in a figure, never devices or other items: 'received' are those"
                        + " with an item that entered the queue for the first time in the quarter, 'waiting' those with"
                        + " an item waiting in it when the quarter ended.",
                "Every count is rounded to the nearest multiple of 5: 38 to 42 become 40.",
                "A count of fewer than 35 is left out, also 0: there is no row. It is the exact count that is compared,"
                        + " before it is rounded. So that no count of fewer than 30 can be worked out from others which"
                        + " contain it or overlap with it, the limit is 35 and not 30.",
                "Planned figures are two of each queue, and every grade of each theme that may be published, also if"
                        + " they are 0; published are those that are not left out.",
                "Published are queues as a whole, not the stages or variants of a queue.",
                "Grades of a financial year are published with the quarter that ends on 31 March, for each scheme,"
                        + " version of its grades and theme with 100 or more cases that were selected at random or"
                        + " completely. Each case counts with its last clear grade in the year. Of several sets of such"
                        + " cases (of other populations, selections or assessors) that with the most cases is"
                        + " published, because one may contain another.",
                "If such a theme is the only one of its scheme in the year, of all versions of its grades: if a grade"
                        + " is left out and all grades left out are together fewer than 35, the smallest other grade is"
                        + " left out too.",
                "If it is one of several, which may follow from each other, it is published with all its grades or not"
                        + " at all: a theme with a grade of fewer than 35 is left out.",
                "A queue or a scheme can be left out as a whole by decision of the force, and one of several that would"
                        + " add up to each other is.",
                "A quarter is published once its counts no longer change by late records. It stays as published. Once a"
                        + " year at most, all published quarters are computed again, together; restated quarters say"
                        + " so.");
    }

    /** What is not in a publication, one sentence per line. */
    static List<String> notIn() {
        return List.of(
                "Breakdowns of a queue, such as by type or priority.",
                "How many left a queue, how long they waited, and the longest wait.",
                "Days, weeks and months, and figures of quarters that are not settled.",
                "Totals: figures must not be added, since the same case or person may be in several.");
    }
}
