package uk.fpw.metrics.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.metrics.cube.ContributorHash;
import uk.fpw.metrics.cube.CubeBuilder;
import uk.fpw.metrics.cube.ExcludedCounts;
import uk.fpw.metrics.cube.ObservedSpell;
import uk.fpw.metrics.cube.ObservedSpell.Outcome;
import uk.fpw.metrics.cube.QueueSpec;
import uk.fpw.metrics.cube.SeriesKey;
import uk.fpw.metrics.cube.SpellBlock;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

/** Random spells, counted into cubes in random parts, beside what each row is defined to say: every spell looked at for every day and every period. */
class SeriesFiguresTest {

    private static final int AS_OF = day(2015, 11, 18);
    private static final int EARLIEST_ENTRY = day(2014, 1, 1);

    private static int day(int year, int month, int dayOfMonth) {
        return (int) LocalDate.of(year, month, dayOfMonth).toEpochDay();
    }

    private record Stay(String contributor, String value, ObservedSpell spell) {}

    private static QueueSpec queue(int observedFrom) {
        return new QueueSpec(
                "waiting",
                3,
                "device",
                "devices",
                true,
                observedFrom,
                EARLIEST_ENTRY,
                AS_OF - 20,
                "feed devices last loaded completely for 2015-10-29",
                30,
                List.of("kind"),
                List.of("examined", "withdrawn"),
                List.of(true, false),
                List.of(0, 31, 91),
                List.of(new QueueSpec.Standard("within 28 days", QueueSpec.NONE, 28, Map.of(0, Set.of("phone")))));
    }

    /** An item may come back, several items may have one contributor, and one in ten entries is on a date that is not believed. */
    private static List<Stay> stays(Random random, QueueSpec queue) {
        List<Stay> stays = new ArrayList<>();
        for (int item = 0; item < 60; item++) {
            int first = EARLIEST_ENTRY + (random.nextInt(10) == 0 ? -1 - random.nextInt(400) : random.nextInt(680));
            int entered = first;
            int seen = 0;
            for (int stay = 0; stay < 1 + random.nextInt(3) && entered <= AS_OF; stay++) {
                String value = random.nextBoolean() ? "phone" : "computer";
                int left = entered + random.nextInt(200);
                boolean isOpen = left > AS_OF - random.nextInt(40);
                int observedFrom = Math.max(entered, queue.observedFrom());
                int observedTo = isOpen ? AS_OF : left;
                if (observedFrom <= observedTo) {
                    boolean isWaitKnown = entered >= EARLIEST_ENTRY;
                    int reason = random.nextInt(2);
                    int bit = value.equals("phone") ? 2 : 4;
                    int firstBits = (seen == 0 ? 1 : 0) | ((seen & bit) == 0 ? 2 : 0);
                    seen |= 1 | bit;
                    List<ObservedSpell.Measured> standards = List.of();
                    if (isWaitKnown && value.equals("phone")) {
                        Outcome outcome = entered + 29 > queue.dataAsAt()
                                ? Outcome.NOT_YET_DUE
                                : isOpen || left - entered > 28
                                        ? Outcome.FAILED
                                        : reason == 0 ? Outcome.MET : Outcome.LEFT_UNSEEN;
                        standards = List.of(new ObservedSpell.Measured(0, entered + 29, outcome));
                    }
                    stays.add(new Stay(
                            "c" + random.nextInt(40),
                            value,
                            new ObservedSpell(
                                    0,
                                    stay > 0,
                                    first >= EARLIEST_ENTRY,
                                    isWaitKnown,
                                    first,
                                    entered,
                                    isOpen ? QueueSpec.NONE : left,
                                    isOpen ? -1 : reason,
                                    !isOpen && reason == 0,
                                    observedFrom,
                                    observedTo,
                                    firstBits,
                                    false,
                                    standards)));
                }
                if (isOpen) {
                    break;
                }
                entered = left + random.nextInt(30);
            }
        }
        return stays;
    }

    /** Rows by mart, counted in so many parts, each column by its name. */
    private static Map<String, List<Map<String, Object>>> rows(List<Stay> stays, QueueSpec queue, int parts) {
        List<SpellBlock> blocks = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            blocks.add(new SpellBlock(List.of(queue)));
        }
        for (Stay stay : stays) {
            ContributorHash contributor = ContributorHash.of(stay.contributor());
            blocks.get(contributor.partition(parts)).add(contributor, stay.spell(), new String[] {stay.value()});
        }
        CubeBuilder all = new CubeBuilder(List.of(queue), AS_OF);
        CubeBuilder.FirstDays first = CubeBuilder.FirstDays.NONE;
        for (SpellBlock block : blocks) {
            CubeBuilder part = new CubeBuilder(List.of(queue), AS_OF).add(List.of(block));
            part.cubes().forEach((key, cube) -> all.cubes().merge(key, cube, (one, other) -> one.add(other)));
            first = first.with(part.firstDays().get(0));
        }
        Map<String, List<Map<String, Object>>> rows = new TreeMap<>();
        Map<String, Model> models = Models.all().stream().collect(Collectors.toMap(Model::table, model -> model));
        SeriesFigures figures = new SeriesFigures(Models.all(), (mart, values) -> {
            Map<String, Object> row = new HashMap<>();
            for (Model.Column column : Objects.requireNonNull(models.get(mart)).columns()) {
                row.put(column.name(), values[row.size()]);
            }
            rows.computeIfAbsent(mart, any -> new ArrayList<>()).add(row);
        });
        int firstDay = first.of(queue);
        all.cubes()
                .forEach((key, cube) -> figures.write(new Series(
                        new Candidate("testshire", "r", AS_OF), queue, key, cube, new ExcludedCounts(), firstDay)));
        return rows;
    }

    private static List<Map<String, Object>> of(
            Map<String, List<Map<String, Object>>> rows, String mart, String value) {
        return rows.getOrDefault(mart, List.of()).stream()
                .filter(row -> value.equals(row.get("slice_value")))
                .toList();
    }

    private static int dayOf(Map<String, Object> row, String column) {
        return (int) ((LocalDate) Objects.requireNonNull(row.get(column))).toEpochDay();
    }

    private static boolean waits(Stay stay, int day) {
        return stay.spell().enteredOn() <= day
                && (stay.spell().isOpen() || stay.spell().leftOn() > day);
    }

    private static long count(List<Stay> stays, Predicate<Stay> which) {
        return stays.stream().filter(which).count();
    }

    private static long contributors(List<Stay> stays, Predicate<Stay> which) {
        return stays.stream().filter(which).map(Stay::contributor).distinct().count();
    }

    private static boolean isSeen(Stay stay, int from, int to) {
        return stay.spell().observedFromOn() <= to && stay.spell().observedToOn() >= from;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everyRowSaysWhatItIsDefinedToSay(long seed) {
        Random random = new Random(seed);
        QueueSpec queue = queue(seed % 3 == 0 ? day(2014, 9, 10) : QueueSpec.NONE);
        List<Stay> all = stays(random, queue);
        Map<String, List<Map<String, Object>>> rows = rows(all, queue, 1 + random.nextInt(5));
        int firstDay = queue.observedFrom() != QueueSpec.NONE
                ? queue.observedFrom()
                : all.stream()
                        .filter(stay -> stay.spell().isWaitKnown())
                        .mapToInt(stay -> stay.spell().enteredOn())
                        .min()
                        .orElseThrow();
        for (String value : List.of("all", "phone", "computer")) {
            List<Stay> stays = all.stream()
                    .filter(stay -> value.equals("all") || value.equals(stay.value()))
                    .toList();
            days(of(rows, "mart.queue_daily", value), stays, queue, firstDay, !value.equals("computer"));
            months(of(rows, "mart.queue_monthly", value), stays, queue, firstDay);
            exits(of(rows, "mart.queue_exit", value), stays, queue);
            ages(of(rows, "mart.open_age", value), stays, queue);
            standards(of(rows, "mart.wait_standard", value), stays, queue);
        }
        assertThat(of(rows, "mart.dim_slice", "all")).hasSize(1);
    }

    private static void days(
            List<Map<String, Object>> rows, List<Stay> stays, QueueSpec queue, int firstDay, boolean hasStandard) {
        assertThat(rows).hasSize(AS_OF - firstDay + 1);
        for (Map<String, Object> row : rows) {
            int day = dayOf(row, "day");
            Map<String, @Nullable Object> expected = new HashMap<>();
            expected.put(
                    "received_count",
                    count(
                            stays,
                            stay -> !stay.spell().isReentry() && stay.spell().enteredOn() == day));
            expected.put(
                    "reentered_count",
                    count(
                            stays,
                            stay -> stay.spell().isReentry() && stay.spell().enteredOn() == day));
            expected.put("left_count", count(stays, stay -> stay.spell().leftOn() == day));
            expected.put("waiting_count", count(stays, stay -> waits(stay, day)));
            expected.put(
                    "past_standard_count",
                    hasStandard ? count(stays, stay -> waits(stay, day) && isDue(stay, QueueSpec.NONE, day)) : null);
            expected.put(
                    "due_next_7_days_count",
                    hasStandard ? count(stays, stay -> waits(stay, day) && isDue(stay, day, day + 7)) : null);
            expected.put("oldest_age_days", oldest(stays, day, true));
            expected.put("oldest_wait_days", oldest(stays, day, false));
            expected.put("contributor_count", contributors(stays, stay -> isSeen(stay, day, day)));
            check(row, expected, day, queue);
        }
    }

    private static boolean isDue(Stay stay, int after, int upTo) {
        return stay.spell().standards().stream()
                .anyMatch(standard -> standard.dueOn() > after && standard.dueOn() <= upTo);
    }

    private static @Nullable Long oldest(List<Stay> stays, int day, boolean byAge) {
        return stays.stream()
                .filter(stay -> waits(stay, day)
                        && (byAge ? stay.spell().isAgeKnown() : stay.spell().isWaitKnown()))
                .map(stay -> (long) day
                        - (byAge ? stay.spell().firstEnteredOn() : stay.spell().enteredOn()))
                .max(Long::compare)
                .orElse(null);
    }

    private static void check(
            Map<String, Object> row, Map<String, @Nullable Object> expected, int speaksOf, QueueSpec queue) {
        boolean isKnown = speaksOf <= queue.dataAsAt();
        assertThat(row.get("is_available")).isEqualTo(isKnown);
        assertThat(row.get("is_provisional")).isEqualTo(speaksOf > queue.dataAsAt() - 30);
        expected.forEach((column, value) -> assertThat(row.get(column))
                .as(column + " of " + LocalDate.ofEpochDay(speaksOf))
                .isEqualTo(isKnown ? value : null));
    }

    private static void months(List<Map<String, Object>> rows, List<Stay> stays, QueueSpec queue, int firstDay) {
        assertThat(rows).isNotEmpty();
        for (Map<String, Object> row : rows) {
            YearMonth month = YearMonth.from(LocalDate.ofEpochDay(dayOf(row, "month_start_on")));
            int from = Math.max((int) month.atDay(1).toEpochDay(), firstDay);
            int to = Math.min((int) month.atEndOfMonth().toEpochDay(), AS_OF);
            List<Long> ages = stays.stream()
                    .filter(stay -> waits(stay, to) && stay.spell().isAgeKnown())
                    .map(stay -> (long) to - stay.spell().firstEnteredOn())
                    .sorted()
                    .toList();
            Map<String, @Nullable Object> expected = new HashMap<>();
            expected.put("opening_count", count(stays, stay -> waits(stay, from - 1)));
            expected.put(
                    "received_count",
                    count(
                            stays,
                            stay -> !stay.spell().isReentry()
                                    && stay.spell().enteredOn() >= from
                                    && stay.spell().enteredOn() <= to));
            expected.put(
                    "left_count",
                    count(
                            stays,
                            stay -> stay.spell().leftOn() >= from
                                    && stay.spell().leftOn() <= to));
            expected.put(
                    "served_count",
                    count(
                            stays,
                            stay -> stay.spell().isServed()
                                    && stay.spell().leftOn() >= from
                                    && stay.spell().leftOn() <= to));
            expected.put("waiting_count", count(stays, stay -> waits(stay, to)));
            expected.put(
                    "waiting_age_median_days",
                    ages.isEmpty() ? null : (ages.get((ages.size() - 1) / 2) + ages.get(ages.size() / 2)) / 2.0);
            expected.put(
                    "waiting_age_mean_days",
                    ages.isEmpty()
                            ? null
                            : (double) ages.stream().mapToLong(age -> age).sum() / ages.size());
            long pace = count(
                    stays,
                    stay -> stay.spell().leftOn() > to - 91 && stay.spell().leftOn() <= to);
            expected.put(
                    "weeks_of_work_left",
                    to - firstDay + 1 < 91 || pace == 0 ? null : count(stays, stay -> waits(stay, to)) * 13.0 / pace);
            // a contributor's spells count from the beginning of the month, seen or not on its first days
            expected.put(
                    "contributor_count",
                    contributors(
                            stays, stay -> isSeen(stay, (int) month.atDay(1).toEpochDay(), to)));
            check(row, expected, to, queue);
        }
    }

    private static void exits(List<Map<String, Object>> rows, List<Stay> stays, QueueSpec queue) {
        for (Map<String, Object> row : rows) {
            YearMonth month = YearMonth.from(LocalDate.ofEpochDay(dayOf(row, "month_start_on")));
            int reason = queue.exitReasons().indexOf(row.get("exit_reason"));
            Predicate<Stay> which = stay -> !stay.spell().isOpen()
                    && stay.spell().exitReason() == reason
                    && YearMonth.from(LocalDate.ofEpochDay(stay.spell().leftOn()))
                            .equals(month);
            check(
                    row,
                    Map.of("left_count", count(stays, which), "contributor_count", contributors(stays, which)),
                    dayOf(row, "measured_to_on"),
                    queue);
        }
    }

    private static void ages(List<Map<String, Object>> rows, List<Stay> stays, QueueSpec queue) {
        for (Map<String, Object> row : rows) {
            int at = dayOf(row, "as_of_on");
            long from = ((Number) Objects.requireNonNull(row.get("age_band_from_days"))).longValue();
            Object last = row.get("age_band_to_days");
            long to = last == null ? Integer.MAX_VALUE : ((Number) last).longValue();
            Predicate<Stay> byAge = stay -> waits(stay, at)
                    && within(stay.spell().isAgeKnown() ? at - stay.spell().firstEnteredOn() : -1, from, to);
            Predicate<Stay> byWait = stay -> waits(stay, at)
                    && within(stay.spell().isWaitKnown() ? at - stay.spell().enteredOn() : -1, from, to);
            check(
                    row,
                    Map.of(
                            "waiting_count", count(stays, byAge),
                            "waiting_since_entry_count", count(stays, byWait),
                            "contributor_count", contributors(stays, byAge.or(byWait))),
                    at,
                    queue);
        }
    }

    private static boolean within(long days, long from, long to) {
        return from <= days && days <= to;
    }

    private static void standards(List<Map<String, Object>> rows, List<Stay> stays, QueueSpec queue) {
        Set<Object> months = new HashSet<>();
        for (Map<String, Object> row : rows) {
            months.add(row.get("month_start_on"));
            YearMonth month = YearMonth.from(LocalDate.ofEpochDay(dayOf(row, "month_start_on")));
            Predicate<Stay> judged = stay -> isJudged(stay)
                    && YearMonth.from(LocalDate.ofEpochDay(stay.spell().enteredOn()))
                            .equals(month);
            boolean isKnown = Math.min((int) month.atEndOfMonth().toEpochDay(), AS_OF) <= queue.dataAsAt();
            assertThat(row.get("received_count")).isEqualTo(isKnown ? count(stays, judged) : null);
            assertThat(row.get("met_count"))
                    .isEqualTo(
                            isKnown
                                    ? count(
                                            stays,
                                            judged.and(stay -> stay.spell()
                                                            .standards()
                                                            .get(0)
                                                            .outcome()
                                                    == Outcome.MET))
                                    : null);
            assertThat(row.get("contributor_count")).isEqualTo(isKnown ? contributors(stays, judged) : null);
        }
        assertThat(months)
                .isEqualTo(stays.stream()
                        .filter(SeriesFiguresTest::isJudged)
                        .map(stay ->
                                LocalDate.ofEpochDay(stay.spell().enteredOn()).withDayOfMonth(1))
                        .collect(Collectors.toSet()));
    }

    private static boolean isJudged(Stay stay) {
        return !stay.spell().isReentry()
                && !stay.spell().standards().isEmpty()
                && stay.spell().enteredOn() == stay.spell().observedFromOn();
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void partsAddUpHoweverTheyAreDivided(long seed) {
        QueueSpec queue = queue(QueueSpec.NONE);
        List<Stay> stays = stays(new Random(seed), queue);
        Map<String, List<Map<String, Object>>> whole = rows(stays, queue, 1);

        assertThat(rows(stays, queue, 7)).isEqualTo(whole);
        assertThat(SeriesKey.total(0).isTotal()).isTrue();
    }
}
