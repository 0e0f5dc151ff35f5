package uk.fpw.publish.publication;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.publish.publication.PublicationRule.GradeCount;
import uk.fpw.publish.publication.PublicationRule.GradedCases;
import uk.fpw.publish.publication.PublicationRule.QueueCounts;
import uk.fpw.warehouse.store.ledger.Publications.Row;

/**
 * What an {@link Intruder} with the publications of two successive quarters, their restatement and the printed rule
 * can know of counts of fewer than 30: none to within less than 2. He also knows more than is printed: that nothing
 * re-enters a queue, of which stages it consists, that every case has one item, how many cases were graded, and that
 * themes follow from each other.
 */
class IntruderTest {

    private static final int PROTECTED = 30;

    /** An interval of this width is known to within 2. */
    private static final int WIDTH = 4;

    private static final int LIMIT = 35;
    private static final List<String> STAGES = List.of("stage1", "stage2", "stage3");
    private static final List<Quarter> QUARTERS = List.of(new Quarter(2015, 2), new Quarter(2015, 3));

    /**
     * One item of a case in the queue and its stages.
     *
     * @param enteredIn quarter, from 0; the quarters before the first publication are negative
     * @param stageAtEnd by quarter, in which stage it waits when the quarter ends; less than 0 if it has left or not
     *     entered
     */
    private record Item(int caseNumber, int enteredIn, List<Integer> stageAtEnd) {}

    private static List<Item> items(Random random, int scale, boolean hasOneItemPerCase) {
        List<Item> items = new ArrayList<>();
        int cases = 1 + random.nextInt(scale);
        for (int caseNumber = 0; caseNumber < cases; caseNumber++) {
            int count = hasOneItemPerCase ? 1 : 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                int entered = random.nextInt(3) - 1;
                List<Integer> stageAtEnd = new ArrayList<>(List.of(-1, -1));
                int stage = random.nextInt(3) == 0 ? 0 : random.nextInt(5);
                for (int quarter = Math.max(entered, 0); quarter < 2; quarter++) {
                    stageAtEnd.set(quarter, stage < STAGES.size() ? stage : -1);
                    stage += random.nextInt(3);
                }
                items.add(new Item(caseNumber, entered, stageAtEnd));
            }
        }
        return items;
    }

    /** Exact counts by cell, such as {@code queue waiting 2015Q2}. */
    private static Map<String, Long> counts(List<Item> items) {
        Map<String, Set<Integer>> cases = new TreeMap<>();
        for (int quarter = 0; quarter < 2; quarter++) {
            for (String queue : List.of("queue", "stage1", "stage2", "stage3")) {
                cases.put(queue + " waiting " + QUARTERS.get(quarter), new HashSet<>());
            }
            cases.put("queue received " + QUARTERS.get(quarter), new HashSet<>());
            for (Item item : items) {
                if (item.enteredIn() == quarter) {
                    add(cases, "queue received " + QUARTERS.get(quarter), item);
                }
                if (item.stageAtEnd().get(quarter) >= 0) {
                    add(cases, "queue waiting " + QUARTERS.get(quarter), item);
                    add(cases, STAGES.get(item.stageAtEnd().get(quarter)) + " waiting " + QUARTERS.get(quarter), item);
                }
            }
        }
        return cases.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry ->
                (long) entry.getValue().size()));
    }

    private static void add(Map<String, Set<Integer>> cases, String cell, Item item) {
        cases.computeIfAbsent(cell, any -> new HashSet<>()).add(item.caseNumber());
    }

    /** What is published of exact counts, by cell. */
    private static Map<String, Long> published(Map<String, Long> exact) {
        Map<String, Long> published = new TreeMap<>();
        for (Quarter quarter : QUARTERS) {
            for (Row row : PublicationRule.rows(
                    quarter,
                    List.of(new QueueCounts(
                            "queue", "Queue", of(exact, "received", quarter), of(exact, "waiting", quarter))),
                    List.of())) {
                published.put(row.name() + " " + row.figure() + " " + row.period(), row.count());
            }
        }
        return published;
    }

    private static long of(Map<String, Long> exact, String figure, Quarter quarter) {
        return exact.getOrDefault("queue " + figure + " " + quarter, 0L);
    }

    private static Intruder intruder(Map<String, Long> published, boolean hasOneItemPerCase) {
        Intruder intruder = new Intruder();
        for (Quarter quarter : QUARTERS) {
            for (String figure : List.of("received", "waiting")) {
                String cell = "queue " + figure + " " + quarter;
                intruder.published(cell, published.get(cell), LIMIT);
            }
            STAGES.forEach(stage -> intruder.unknown(stage + " waiting " + quarter));
            String[] stages =
                    STAGES.stream().map(stage -> stage + " waiting " + quarter).toArray(String[]::new);
            if (hasOneItemPerCase) {
                intruder.isTheSum("queue waiting " + quarter, stages);
            } else {
                intruder.isAtMostTheSum("queue waiting " + quarter, stages);
            }
            for (String stage : stages) {
                intruder.isAtMostTheSum(stage, "queue waiting " + quarter);
            }
        }
        intruder.isAtMostTheSum(
                "queue waiting " + QUARTERS.get(1),
                "queue waiting " + QUARTERS.get(0),
                "queue received " + QUARTERS.get(1));
        intruder.conclude();
        return intruder;
    }

    private static void nothingSmallIsKnown(Map<String, Long> exact, boolean hasOneItemPerCase) {
        Intruder intruder = intruder(published(exact), hasOneItemPerCase);
        exact.forEach((cell, count) -> {
            assertThat(count).as(cell).isBetween(intruder.low(cell), intruder.high(cell));
            if (count < PROTECTED) {
                assertThat(intruder.high(cell) - intruder.low(cell))
                        .as("%s is %d, known to be %d to %d", cell, count, intruder.low(cell), intruder.high(cell))
                        .isGreaterThanOrEqualTo(WIDTH);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 60, 90, 150, 400})
    void nothingSmallIsKnownOfRandomQueues(int scale) {
        for (int seed = 0; seed < 300; seed++) {
            boolean hasOneItemPerCase = seed % 2 == 0;
            nothingSmallIsKnown(counts(items(new Random(seed), scale, hasOneItemPerCase)), hasOneItemPerCase);
        }
    }

    /** Every combination of two small counts with a third that follows from them as closely as it can. */
    @Test
    void nothingSmallIsKnownWhereAQueueIsAsLongAsItCanBe() {
        long[] counts = LongStream.concat(LongStream.of(0, 1, 5, 60, 68), LongStream.rangeClosed(24, 38))
                .toArray();
        for (long before : counts) {
            for (long received : counts) {
                for (long after = Math.max(0, before + received - 6); after <= before + received; after++) {
                    nothingSmallIsKnown(cells(before, received, after), true);
                }
            }
        }
    }

    private static Map<String, Long> cells(long before, long received, long after) {
        Map<String, Long> exact = new TreeMap<>();
        exact.put("queue received 2015Q2", 0L);
        exact.put("queue waiting 2015Q2", before);
        exact.put("queue received 2015Q3", received);
        exact.put("queue waiting 2015Q3", after);
        exact.put("stage1 waiting 2015Q2", before);
        exact.put("stage2 waiting 2015Q2", 0L);
        exact.put("stage3 waiting 2015Q2", 0L);
        // a stage with one case
        exact.put("stage1 waiting 2015Q3", Math.min(1, after));
        exact.put("stage2 waiting 2015Q3", Math.max(0, after - 1));
        exact.put("stage3 waiting 2015Q3", 0L);
        return exact;
    }

    @Test
    void queueThatFallsFromThirtyToTwentyNineShowsNeither() {
        nothingSmallIsKnown(cells(30, 0, 29), true);
        nothingSmallIsKnown(cells(35, 0, 34), true);
        assertThat(published(cells(30, 0, 29))).isEmpty();
        assertThat(published(cells(35, 0, 34))).containsOnlyKeys("queue waiting 2015Q2");
    }

    /** A case that is corrected moves a count over a boundary: only counts of 30 or more can be told by that. */
    @ParameterizedTest
    @ValueSource(longs = {28, 29, 30, 32, 33, 34, 35, 37, 38})
    void restatementThatMovesOneCaseShowsNothingSmall(long count) {
        for (long restated : new long[] {count - 1, count + 1}) {
            Intruder intruder = new Intruder();
            for (Map.Entry<String, Long> edition :
                    Map.of("first", count, "restated", restated).entrySet()) {
                intruder.published(
                        edition.getKey(),
                        published(cells(edition.getValue(), 0, 0)).get("queue waiting 2015Q2"),
                        LIMIT);
            }
            // somebody knows that exactly one case came or went
            intruder.isAtMostTheSum("first", "restated", "one");
            intruder.isAtMostTheSum("restated", "first", "one");
            intruder.published("one", null, 2);
            intruder.conclude();
            if (count < PROTECTED) {
                assertThat(intruder.high("first") - intruder.low("first")).isGreaterThanOrEqualTo(WIDTH);
            }
            if (restated < PROTECTED) {
                assertThat(intruder.high("restated") - intruder.low("restated")).isGreaterThanOrEqualTo(WIDTH);
            }
        }
    }

    /** Why the limit is 35: with 30, two counts of 29 would be known exactly. */
    @Test
    void intruderWouldFindCountsOfTwentyNineIfTheLimitWereThirty() {
        Intruder intruder = new Intruder();
        intruder.published("before", null, PROTECTED);
        intruder.published("received", null, PROTECTED);
        intruder.published("after", 60L, PROTECTED);
        intruder.isAtMostTheSum("after", "before", "received");
        intruder.conclude();

        assertThat(List.of(intruder.low("before"), intruder.high("before"))).containsExactly(29L, 29L);
        assertThat(List.of(intruder.low("received"), intruder.high("received"))).containsExactly(29L, 29L);
    }

    /** Why stages are not published with their queue: of 107 cases 53, 53 and 1 wait in its stages. */
    @Test
    void intruderWouldFindAStageOfOneCaseIfStagesWerePublished() {
        Intruder intruder = new Intruder();
        intruder.published("queue", 105L, LIMIT);
        intruder.published("stage1", 55L, LIMIT);
        intruder.published("stage2", 55L, LIMIT);
        intruder.published("stage3", null, LIMIT);
        intruder.isTheSum("queue", "stage1", "stage2", "stage3");
        intruder.conclude();

        assertThat(List.of(intruder.low("stage3"), intruder.high("stage3"))).containsExactly(0L, 1L);
    }

    @Test
    void noGradeOfFewCasesIsKnownEvenIfTheNumberOfCasesIs() {
        Random random = new Random(1);
        for (int run = 0; run < 3000; run++) {
            int[] counts = IntStream.range(0, 2 + random.nextInt(4))
                    .map(grade -> random.nextInt(List.of(3, 40, 80, 300).get(random.nextInt(4))))
                    .toArray();
            noSmallGradeIsKnown(PublicationRuleTest.scheme(counts));
        }
        noSmallGradeIsKnown(PublicationRuleTest.scheme(99, 1));
        noSmallGradeIsKnown(PublicationRuleTest.scheme(50, 49, 1));
        noSmallGradeIsKnown(PublicationRuleTest.scheme(71, 29));
        noSmallGradeIsKnown(PublicationRuleTest.scheme(70, 29, 1));
        noSmallGradeIsKnown(PublicationRuleTest.scheme(200, 34, 1));
        noSmallGradeIsKnown(PublicationRuleTest.scheme(200, 0, 0, 35));
    }

    private static void noSmallGradeIsKnown(GradedCases scheme) {
        Map<String, Long> published = PublicationRule.rows(new Quarter(2015, 1), List.of(), List.of(scheme)).stream()
                .collect(Collectors.toMap(row -> requireNonNull(row.graded()).grade(), Row::count));
        int leftOut = scheme.grades().size() - published.size();
        for (GradeCount grade : scheme.grades()) {
            if (grade.count() < PROTECTED && !published.isEmpty()) {
                Set<Long> possible = possible(published, leftOut, scheme.caseCount());
                assertThat(possible).contains(grade.count());
                assertThat(possible.size())
                        .as("%s may have been %s", scheme, possible)
                        .isGreaterThan(WIDTH);
            }
        }
    }

    /**
     * Every count that a grade that was left out may have had, if the number of all cases is known: either each of
     * them is below the limit, or one is not and was left out because the others are together below it.
     */
    private static Set<Long> possible(Map<String, Long> published, int leftOut, long cases) {
        long lowest =
                cases - published.values().stream().mapToLong(one -> one + 2).sum();
        long highest =
                cases - published.values().stream().mapToLong(one -> one - 2).sum();
        @Nullable Long smallest = published.values().stream().min(Long::compare).orElse(null);
        Set<Long> possible = new TreeSet<>();
        for (long count = 0; count < LIMIT; count++) {
            for (long sum = Math.max(LIMIT, lowest); sum <= highest; sum++) {
                long others = sum - count;
                if (others >= 0 && others <= (long) (LIMIT - 1) * (leftOut - 1)) {
                    possible.add(count);
                }
                for (long small = count; leftOut > 1 && small < LIMIT; small++) {
                    boolean isPossible = leftOut > 2 || small == count;
                    if (isPossible && sum - small >= LIMIT && smallest != null && sum - small <= smallest + 2) {
                        possible.add(count);
                    }
                }
            }
        }
        return possible;
    }

    private static final List<String> THEMES = List.of("one", "two", "reversed", "worst");

    /**
     * Themes of the same cases, of which two follow from others: one is the reverse of another, such as "done" and "not
     * done", one is the worst of two. With the best of the same two as well, this would not hold: see docs/analyst.md.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void noSmallGradeIsKnownIfThemesFollowFromEachOther(int grades) {
        int published = 0;
        for (int seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            int[][] pairs = new int[grades][grades];
            for (int[] pair : pairs) {
                for (int grade = 0; grade < grades; grade++) {
                    pair[grade] = random.nextInt(List.of(2, 12, 40, 120).get(random.nextInt(4)));
                }
            }
            List<String> themes = random.nextInt(3) == 0
                    ? THEMES
                    : THEMES.stream().filter(theme -> random.nextInt(4) > 0).toList();
            published += noSmallGradeIsKnown(pairs, themes);
        }
        assertThat(published).isPositive();
    }

    /**
     * Returns how many rows are published.
     *
     * @param pairs cases by their grade in theme one and in theme two
     * @param recorded themes that the force records; of the others there is nothing
     */
    private static int noSmallGradeIsKnown(int[][] pairs, List<String> recorded) {
        int grades = pairs.length;
        Map<String, int[]> counts = new TreeMap<>();
        THEMES.forEach(theme -> counts.put(theme, new int[grades]));
        for (int one = 0; one < grades; one++) {
            for (int two = 0; two < grades; two++) {
                requireNonNull(counts.get("one"))[one] += pairs[one][two];
                requireNonNull(counts.get("two"))[two] += pairs[one][two];
                requireNonNull(counts.get("reversed"))[grades - 1 - one] += pairs[one][two];
                requireNonNull(counts.get("worst"))[Math.max(one, two)] += pairs[one][two];
            }
        }
        List<GradedCases> cases = recorded.stream()
                .map(theme -> PublicationRuleTest.cases(theme, null, requireNonNull(counts.get(theme))))
                .toList();
        List<Row> rows = PublicationRule.rows(new Quarter(2015, 1), List.of(), cases);
        if (rows.isEmpty()) {
            return 0;
        }
        Intruder intruder = new Intruder();
        long all = IntStream.of(requireNonNull(counts.get("one"))).sum();
        intruder.known("all", all);
        for (String theme : THEMES) {
            Map<String, Long> published = rows.stream()
                    .filter(row -> theme.equals(requireNonNull(row.graded()).theme()))
                    .collect(
                            Collectors.toMap(row -> requireNonNull(row.graded()).grade(), Row::count));
            for (int grade = 0; grade < grades; grade++) {
                String cell = theme + grade;
                Long value = published.get(String.valueOf(grade + 1));
                if (value == null) {
                    intruder.unknown(cell);
                } else {
                    intruder.published(cell, value, LIMIT);
                }
                intruder.unknown(theme + " from " + grade);
            }
            intruder.known(theme + " from " + grades, 0);
            if (recorded.contains(theme) && published.isEmpty()) {
                intruder.oneIsBelow(
                        LIMIT,
                        IntStream.range(0, grades)
                                .mapToObj(grade -> theme + grade)
                                .toArray(String[]::new));
            }
        }
        relate(intruder, grades);
        intruder.conclude();
        counts.forEach((theme, exact) -> {
            for (int grade = 0; grade < grades; grade++) {
                String cell = theme + grade;
                assertThat((long) exact[grade]).as(cell).isBetween(intruder.low(cell), intruder.high(cell));
                if (exact[grade] < PROTECTED && recorded.contains(theme)) {
                    assertThat(intruder.high(cell) - intruder.low(cell))
                            .as("%s of %s in %s, published %s", cell, Arrays.toString(exact), recorded, rows)
                            .isGreaterThanOrEqualTo(WIDTH);
                }
            }
        });
        return rows.size();
    }

    private static void relate(Intruder intruder, int grades) {
        for (String theme : THEMES) {
            intruder.isTheSum("all", theme + " from 0");
            for (int grade = 0; grade < grades; grade++) {
                intruder.isTheSum(theme + " from " + grade, theme + grade, theme + " from " + (grade + 1));
            }
        }
        for (int grade = 0; grade < grades; grade++) {
            intruder.isTheSum("one" + grade, "reversed" + (grades - 1 - grade));
            intruder.isAtMostTheSum("worst" + grade, "one" + grade, "two" + grade);
            String from = " from " + grade;
            intruder.isAtMostTheSum("worst" + from, "one" + from, "two" + from);
            for (String one : List.of("one", "two")) {
                intruder.isAtMostTheSum(one + from, "worst" + from);
            }
        }
    }

    /**
     * Why a theme of several is not published in part: 29 and 29 of 161 cases are middling and poor in one theme, and
     * 34 and 34 others in another; overall, by the worse of both, 63 and 63.
     */
    @Test
    void intruderWouldFindGradesIfOneOfSeveralThemesWerePublishedInPart() {
        Intruder intruder = new Intruder();
        intruder.known("all", 161);
        intruder.published("good", 105L, LIMIT);
        for (String left : List.of("middling", "poor", "middling in the other", "poor in the other")) {
            intruder.published(left, null, LIMIT);
        }
        intruder.published("middling overall", 65L, LIMIT);
        intruder.published("poor overall", 65L, LIMIT);
        intruder.isTheSum("all", "good", "middling", "poor");
        intruder.isAtMostTheSum("middling overall", "middling", "middling in the other");
        intruder.isAtMostTheSum("poor overall", "poor", "poor in the other");
        intruder.conclude();

        assertThat(List.of(intruder.low("poor"), intruder.high("poor"))).containsExactly(29L, 29L);
        assertThat(PublicationRule.rows(
                                new Quarter(2015, 1),
                                List.of(),
                                List.of(
                                        PublicationRuleTest.cases("one", null, 103, 29, 29),
                                        PublicationRuleTest.cases("two", null, 93, 34, 34),
                                        PublicationRuleTest.cases("worst", null, 35, 63, 63)))
                        .stream()
                        .map(row -> requireNonNull(row.graded()).theme()))
                .containsOnly("worst");
    }

    /** Why one population of a theme is published: 26 of 127 cases of one district are what is left of all. */
    @Test
    void intruderWouldFindAGradeIfPopulationsThatContainEachOtherWerePublished() {
        Intruder intruder = new Intruder();
        intruder.known("district", 127);
        for (String unpublished : List.of("good in the district", "poor in the district")) {
            intruder.unknown(unpublished);
        }
        intruder.published("good", 355L, LIMIT);
        intruder.published("poor", 130L, LIMIT);
        intruder.published("good elsewhere", 250L, LIMIT);
        intruder.published("poor elsewhere", 100L, LIMIT);
        intruder.isTheSum("district", "good in the district", "poor in the district");
        intruder.isTheSum("good", "good in the district", "good elsewhere");
        intruder.isTheSum("poor", "poor in the district", "poor elsewhere");
        intruder.conclude();

        assertThat(List.of(intruder.low("poor in the district"), intruder.high("poor in the district")))
                .containsExactly(26L, 26L);
    }
}
