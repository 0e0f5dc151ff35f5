package uk.fpw.metrics.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.metrics.series.ObservedSpell.Outcome;
import uk.fpw.metrics.series.QueueSpec;

/**
 * Random spells, counted into cubes in random parts, compared with the definition of each row: every spell checked
 * for every day and every period.
 */
@Tag("time-zone")
class SeriesFiguresTest extends SeriesFiguresTesting {

    private static List<Map<String, Object>> of(
            Map<String, List<Map<String, Object>>> rows, String mart, String value) {
        return rows.getOrDefault(mart, List.of()).stream()
                .filter(row -> value.equals(row.get("slice_value")))
                .toList();
    }

    private static int dayOf(Map<String, Object> row, String column) {
        return (int) ((LocalDate) Objects.requireNonNull(row.get(column))).toEpochDay();
    }

    private static boolean waits(Counted one, int day) {
        return one.spell().enteredOn() <= day
                && (one.spell().isOpen() || one.spell().leftOn() > day);
    }

    private static long count(List<Counted> spells, Predicate<Counted> which) {
        return spells.stream().filter(which).count();
    }

    private static long contributors(List<Counted> spells, Predicate<Counted> which) {
        return spells.stream()
                .filter(which)
                .map(Counted::contributor)
                .distinct()
                .count();
    }

    private static boolean isSeen(Counted one, int from, int to) {
        return one.spell().observedFromOn() <= to && one.spell().observedToOn() >= from;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everyRowSaysWhatItIsDefinedToSay(long seed) {
        Random random = new Random(seed);
        QueueSpec queue = queue(seed % 3 == 0 ? day(2014, 9, 10) : QueueSpec.NONE);
        List<Counted> all = spells(random, queue);
        Map<String, List<Map<String, Object>>> rows = rows(all, queue, 1 + random.nextInt(5));
        int firstDay = queue.observedFrom() != QueueSpec.NONE
                ? queue.observedFrom()
                : all.stream()
                        .filter(one -> one.spell().isWaitKnown())
                        .mapToInt(one -> one.spell().enteredOn())
                        .min()
                        .orElseThrow();
        for (String value : List.of("all", "phone", "computer")) {
            List<Counted> spells = all.stream()
                    .filter(one -> value.equals("all") || value.equals(one.value()))
                    .toList();
            now(of(rows, "mart.queue_now", value), all, value, queue);
            days(of(rows, "mart.queue_daily", value), spells, queue, firstDay, !value.equals("computer"));
            periods(of(rows, "mart.queue_monthly", value), "month_start_on", 1, spells, queue, firstDay);
            periods(of(rows, "mart.queue_quarterly", value), "quarter_start_on", 3, spells, queue, firstDay);
            periods(of(rows, "mart.queue_yearly", value), "year_start_on", 12, spells, queue, firstDay);
            exits(of(rows, "mart.queue_exit", value), spells, queue, firstDay);
            reentries(of(rows, "mart.queue_reentry", value), spells, queue, firstDay);
            reentryShares(of(rows, "mart.reentry_share", value), spells, queue, firstDay);
            ages(of(rows, "mart.open_age", value), spells, queue);
            standards(of(rows, "mart.wait_standard", value), spells, queue);
        }
        publication(rows.getOrDefault("mart.publication_count", List.of()), all, queue, firstDay);
        assertThat(of(rows, "mart.dim_slice", "all")).hasSize(1);
        // each table of the family has a class that computes it
        assertThat(rows).containsOnlyKeys(SeriesFigures.MARTS);
    }

    private static void days(
            List<Map<String, Object>> rows, List<Counted> spells, QueueSpec queue, int firstDay, boolean hasStandard) {
        assertThat(rows).hasSize(AS_OF - firstDay + 1);
        for (Map<String, Object> row : rows) {
            int day = dayOf(row, "day");
            Map<String, @Nullable Object> expected = new HashMap<>();
            expected.put(
                    "received_count",
                    count(spells, one -> !one.spell().isReentry() && one.spell().enteredOn() == day));
            expected.put(
                    "reentered_count",
                    count(spells, one -> one.spell().isReentry() && one.spell().enteredOn() == day));
            expected.put("left_count", count(spells, one -> one.spell().leftOn() == day));
            expected.put("waiting_count", count(spells, one -> waits(one, day)));
            expected.put(
                    "past_standard_count",
                    hasStandard ? count(spells, one -> waits(one, day) && isDue(one, QueueSpec.NONE, day)) : null);
            expected.put(
                    "due_next_7_days_count",
                    hasStandard ? count(spells, one -> waits(one, day) && isDue(one, day, day + 7)) : null);
            expected.put("oldest_age_days", oldest(spells, day, true));
            expected.put("oldest_wait_days", oldest(spells, day, false));
            expected.put("contributor_count", contributors(spells, one -> isSeen(one, day, day)));
            check(row, expected, day, queue);
        }
    }

    private static void now(List<Map<String, Object>> rows, List<Counted> all, String value, QueueSpec queue) {
        int day = queue.dataAsAt();
        List<Counted> spells = all.stream()
                .filter(one -> one.spell().isOpen() && one.valueNow().equals(value))
                .toList();
        assertThat(rows).hasSize(spells.isEmpty() ? 0 : 1);
        for (Map<String, Object> row : rows) {
            assertThat(row).containsEntry("slice", "kind (now)");
            Map<String, @Nullable Object> expected = new HashMap<>();
            expected.put("waiting_count", count(spells, one -> waits(one, day)));
            expected.put(
                    "past_standard_count", count(spells, one -> waits(one, day) && isDue(one, QueueSpec.NONE, day)));
            expected.put("due_next_7_days_count", count(spells, one -> waits(one, day) && isDue(one, day, day + 7)));
            expected.put("oldest_age_days", oldest(spells, day, true));
            expected.put("oldest_wait_days", oldest(spells, day, false));
            expected.put("contributor_count", contributors(spells, one -> isSeen(one, day, day)));
            check(row, expected, day, queue);
        }
    }

    private static boolean isDue(Counted one, int after, int upTo) {
        return one.spell().standards().stream()
                .anyMatch(standard -> standard.dueOn() > after && standard.dueOn() <= upTo);
    }

    private static @Nullable Long oldest(List<Counted> spells, int day, boolean byAge) {
        return spells.stream()
                .filter(one -> waits(one, day)
                        && (byAge ? one.spell().isAgeKnown() : one.spell().isWaitKnown()))
                .map(one -> (long) day
                        - (byAge ? one.spell().firstEnteredOn() : one.spell().enteredOn()))
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

    private static void periods(
            List<Map<String, Object>> rows,
            String startColumn,
            int months,
            List<Counted> spells,
            QueueSpec queue,
            int firstDay) {
        assertThat(rows).isNotEmpty();
        for (Map<String, Object> row : rows) {
            LocalDate startOn = LocalDate.ofEpochDay(dayOf(row, startColumn));
            int start = (int) startOn.toEpochDay();
            int end = (int) startOn.plusMonths(months).minusDays(1).toEpochDay();
            int from = Math.max(start, firstDay);
            int to = Math.min(end, AS_OF);
            assertThat(row.get("is_partial")).isEqualTo(start < firstDay || end > AS_OF);
            List<Long> ages = spells.stream()
                    .filter(one -> waits(one, to) && one.spell().isAgeKnown())
                    .map(one -> (long) to - one.spell().firstEnteredOn())
                    .sorted()
                    .toList();
            Map<String, @Nullable Object> expected = new HashMap<>();
            expected.put("opening_count", count(spells, one -> waits(one, from - 1)));
            expected.put(
                    "received_count",
                    count(
                            spells,
                            one -> !one.spell().isReentry()
                                    && one.spell().enteredOn() >= from
                                    && one.spell().enteredOn() <= to));
            expected.put(
                    "left_count",
                    count(
                            spells,
                            one -> one.spell().leftOn() >= from && one.spell().leftOn() <= to));
            expected.put(
                    "served_count",
                    count(
                            spells,
                            one -> one.spell().isServed()
                                    && one.spell().leftOn() >= from
                                    && one.spell().leftOn() <= to));
            expected.put("waiting_count", count(spells, one -> waits(one, to)));
            expected.put(
                    "waiting_age_median_days",
                    ages.isEmpty() ? null : (ages.get((ages.size() - 1) / 2) + ages.get(ages.size() / 2)) / 2.0);
            expected.put(
                    "waiting_age_mean_days",
                    ages.isEmpty()
                            ? null
                            : (double) ages.stream().mapToLong(age -> age).sum() / ages.size());
            long pace = count(
                    spells, one -> one.spell().leftOn() > to - 91 && one.spell().leftOn() <= to);
            expected.put(
                    "weeks_of_work_left",
                    to - firstDay + 1 < 91 || pace == 0 ? null : count(spells, one -> waits(one, to)) * 13.0 / pace);
            // a contributor's spells count from the beginning of the period, even if not observed on its first days
            expected.put("contributor_count", contributors(spells, one -> isSeen(one, start, to)));
            check(row, expected, to, queue);
        }
    }

    private static void publication(
            List<Map<String, Object>> rows, List<Counted> spells, QueueSpec queue, int firstDay) {
        assertThat(rows).isNotEmpty();
        for (Map<String, Object> row : rows) {
            LocalDate startOn = LocalDate.ofEpochDay(dayOf(row, "quarter_start_on"));
            int start = (int) startOn.toEpochDay();
            int end = (int) startOn.plusMonths(3).minusDays(1).toEpochDay();
            int to = Math.min(end, AS_OF);
            assertThat(row.get("is_partial")).isEqualTo(start < firstDay || end > AS_OF);
            Map<String, @Nullable Object> expected = new HashMap<>();
            expected.put(
                    "received_contributor_count",
                    contributors(
                            spells,
                            one -> !one.spell().isReentry()
                                    && one.spell().enteredOn() >= start
                                    && one.spell().enteredOn() <= to));
            expected.put("waiting_contributor_count", contributors(spells, one -> waits(one, to)));
            expected.put("contributor_count", contributors(spells, one -> isSeen(one, start, to)));
            check(row, expected, to, queue);
        }
    }

    private static void exits(List<Map<String, Object>> rows, List<Counted> spells, QueueSpec queue, int firstDay) {
        for (Map<String, Object> row : rows) {
            YearMonth month = YearMonth.from(LocalDate.ofEpochDay(dayOf(row, "month_start_on")));
            int reason = queue.exitReasons().indexOf(row.get("exit_reason"));
            Predicate<Counted> which = one -> !one.spell().isOpen()
                    && one.spell().exitReason() == reason
                    && one.spell().leftOn() >= firstDay
                    && YearMonth.from(LocalDate.ofEpochDay(one.spell().leftOn()))
                            .equals(month);
            check(
                    row,
                    Map.of("left_count", count(spells, which), "contributor_count", contributors(spells, which)),
                    dayOf(row, "measured_to_on"),
                    queue);
        }
    }

    private static boolean isIn(int day, YearMonth month, int firstDay) {
        return day >= firstDay && YearMonth.from(LocalDate.ofEpochDay(day)).equals(month);
    }

    private static void reentries(List<Map<String, Object>> rows, List<Counted> spells, QueueSpec queue, int firstDay) {
        assertThat(rows).isNotEmpty();
        for (Map<String, Object> row : rows) {
            YearMonth month = YearMonth.from(LocalDate.ofEpochDay(dayOf(row, "month_start_on")));
            int reason = queue.reentryReasons().indexOf(row.get("reentry_reason"));
            Predicate<Counted> which = one ->
                    one.spell().reentryReason() == reason && isIn(one.spell().enteredOn(), month, firstDay);
            check(
                    row,
                    Map.of("reentered_count", count(spells, which), "contributor_count", contributors(spells, which)),
                    dayOf(row, "measured_to_on"),
                    queue);
        }
    }

    private static void reentryShares(
            List<Map<String, Object>> rows, List<Counted> spells, QueueSpec queue, int firstDay) {
        assertThat(rows).isNotEmpty();
        for (Map<String, Object> row : rows) {
            YearMonth month = YearMonth.from(LocalDate.ofEpochDay(dayOf(row, "month_start_on")));
            Predicate<Counted> left =
                    one -> !one.spell().isOpen() && isIn(one.spell().leftOn(), month, firstDay);
            Predicate<Counted> known = left.and(one -> one.spell().leftOn() <= queue.dataAsAt() - 90);
            Predicate<Counted> back = known.and(one -> one.spell().reenteredOn() != QueueSpec.NONE
                    && one.spell().reenteredOn() <= one.spell().leftOn() + 90);
            long divisor = count(spells, known);
            Map<String, @Nullable Object> expected = new HashMap<>();
            expected.put("left_count", count(spells, left));
            expected.put("known_count", divisor);
            expected.put("reentered_count", count(spells, back));
            expected.put("not_yet_known_count", count(spells, left) - divisor);
            expected.put("reentered_share", divisor == 0 ? null : (double) count(spells, back) / divisor);
            expected.put("contributor_count", contributors(spells, left));
            int measuredTo = dayOf(row, "measured_to_on");
            boolean isKnown = measuredTo <= queue.dataAsAt();
            expected.forEach((column, value) ->
                    assertThat(row.get(column)).as(column + " of " + month).isEqualTo(isKnown ? value : null));
            assertThat(row.get("share_reason") == null).isEqualTo(isKnown && divisor > 0);
            assertThat(row.get("is_provisional"))
                    .isEqualTo(Math.min(measuredTo + 90, queue.dataAsAt()) > queue.dataAsAt() - 30);
        }
    }

    private static void ages(List<Map<String, Object>> rows, List<Counted> spells, QueueSpec queue) {
        for (Map<String, Object> row : rows) {
            int at = dayOf(row, "as_of_on");
            long from = ((Number) Objects.requireNonNull(row.get("age_band_from_days"))).longValue();
            Object last = row.get("age_band_to_days");
            long to = last == null ? Integer.MAX_VALUE : ((Number) last).longValue();
            Predicate<Counted> byAge = one -> waits(one, at)
                    && within(one.spell().isAgeKnown() ? at - one.spell().firstEnteredOn() : -1, from, to);
            Predicate<Counted> byWait = one -> waits(one, at)
                    && within(one.spell().isWaitKnown() ? at - one.spell().enteredOn() : -1, from, to);
            check(
                    row,
                    Map.of(
                            "waiting_count", count(spells, byAge),
                            "waiting_since_entry_count", count(spells, byWait),
                            "contributor_count", contributors(spells, byAge.or(byWait))),
                    at,
                    queue);
        }
    }

    private static boolean within(long days, long from, long to) {
        return from <= days && days <= to;
    }

    private static void standards(List<Map<String, Object>> rows, List<Counted> spells, QueueSpec queue) {
        Set<Object> months = new HashSet<>();
        for (Map<String, Object> row : rows) {
            months.add(row.get("month_start_on"));
            YearMonth month = YearMonth.from(LocalDate.ofEpochDay(dayOf(row, "month_start_on")));
            Predicate<Counted> judged = one -> isJudged(one)
                    && YearMonth.from(LocalDate.ofEpochDay(one.spell().enteredOn()))
                            .equals(month);
            boolean isKnown = Math.min((int) month.atEndOfMonth().toEpochDay(), AS_OF) <= queue.dataAsAt();
            assertThat(row.get("received_count")).isEqualTo(isKnown ? count(spells, judged) : null);
            assertThat(row.get("met_count"))
                    .isEqualTo(
                            isKnown
                                    ? count(
                                            spells,
                                            judged.and(one -> one.spell()
                                                            .standards()
                                                            .get(0)
                                                            .outcome()
                                                    == Outcome.MET))
                                    : null);
            assertThat(row.get("contributor_count")).isEqualTo(isKnown ? contributors(spells, judged) : null);
        }
        assertThat(months)
                .isEqualTo(spells.stream()
                        .filter(SeriesFiguresTest::isJudged)
                        .map(one ->
                                LocalDate.ofEpochDay(one.spell().enteredOn()).withDayOfMonth(1))
                        .collect(Collectors.toSet()));
    }

    private static boolean isJudged(Counted one) {
        return !one.spell().isReentry()
                && !one.spell().standards().isEmpty()
                && one.spell().enteredOn() == one.spell().observedFromOn();
    }
}
