package uk.fpw.metrics.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.model.FrozenTables;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.FrozenQueue;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.FigureChangeRequest;
import uk.fpw.warehouse.message.FigureChangeRequest.Carried;
import uk.fpw.warehouse.message.FigureChangeRequest.Differences;
import uk.fpw.warehouse.message.FigureChangeRequest.ReplacedRelease;
import uk.fpw.warehouse.message.FigureChangeSummary;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/**
 * Random items of which those are removed that had left every queue before a day: both engines count the others alike,
 * and every row about a period that begins on that day or later is that of the whole history.
 */
class RetainedItemsIT {

    /** The trailing days over which the pace of work is measured reach back before the first day of the figures. */
    private static final int PACE_DAYS = 90;

    /** First day of the period of a row; cohorts and windows of financial years by their titles. */
    private static final Map<String, String> PERIODS = Map.ofEntries(
            Map.entry("mart.queue_daily", "day"),
            Map.entry("mart.queue_weekly", "week_start_on"),
            Map.entry("mart.queue_monthly", "month_start_on"),
            Map.entry("mart.queue_quarterly", "quarter_start_on"),
            Map.entry("mart.queue_yearly", "year_start_on"),
            Map.entry("mart.queue_exit", "month_start_on"),
            Map.entry("mart.queue_reentry", "month_start_on"),
            Map.entry("mart.reentry_share", "month_start_on"),
            Map.entry("mart.wait_standard", "month_start_on"),
            Map.entry("mart.open_age", "as_of_on"),
            Map.entry("mart.publication_count", "quarter_start_on"),
            Map.entry("mart.wait_window", "period_start_on"),
            Map.entry("mart.wait_summary", "cohort"),
            Map.entry("mart.wait_curve", "cohort"),
            Map.entry("mart.queue_now", "data_as_at"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource("standards, 1, 400, 2015-03-01")
    void bothEnginesCountPeriodsFromThatDayOnAsIfNothingWereGone(
            String name, long seed, int count, LocalDate retainedFrom) {
        countTheSame(name, seed, count, retainedFrom);
    }

    @ParameterizedTest
    @CsvSource({
        "standards, 4, 400, 2015-05-01",
        "standards, 5, 2000, 2015-04-01",
        "backlog, 7, 400, 2015-07-01",
        "coverage, 9, 400, 2015-03-01"
    })
    @Tag("thorough")
    void bothEnginesCountTheSameInOtherForces(String name, long seed, int count, LocalDate retainedFrom) {
        countTheSame(name, seed, count, retainedFrom);
    }

    @ParameterizedTest
    @CsvSource("standards, 1, 400, 2015-03-01")
    void periodsBeforeItStandAsTheyWereReleased(String name, long seed, int count, LocalDate retainedFrom) {
        copyTheSame(name, seed, count, retainedFrom);
    }

    @ParameterizedTest
    @CsvSource({"standards, 4, 400, 2015-05-01", "backlog, 7, 400, 2015-07-01", "coverage, 9, 400, 2015-03-01"})
    @Tag("thorough")
    void periodsStandAsTheyWereReleasedInOtherForces(String name, long seed, int count, LocalDate retainedFrom) {
        copyTheSame(name, seed, count, retainedFrom);
    }

    /** Every row of every period and of every chart, those of removed cohorts and of the items themselves aside. */
    private static void copyTheSame(String name, long seed, int count, LocalDate retainedFrom) {
        Force force = ForceFolder.read(Path.of("src", "test", "resources", name).toAbsolutePath());
        Map<String, List<ItemEvent>> items = RandomItems.of(force, seed, count);
        CountedItems whole = CountedItems.of(force, RandomItems.BUSINESS_DATE, items);
        CountedItems retained = CountedItems.retained(
                force, RandomItems.BUSINESS_DATE, retainedFrom, kept(items, whole, retainedFrom), released(whole));

        LocalDate frozenTo = FrozenQueue.to(retainedFrom);
        FrozenTables.STARTS.forEach(
                (mart, start) -> retained.rows(mart).forEach(row -> assertThat(row.remove(FrozenTables.IS_FROZEN))
                        .as("%s of %s", mart, row.get(start))
                        .isEqualTo(((LocalDate) Objects.requireNonNull(row.get(start))).isBefore(frozenTo))));
        FrozenTables.STARTS.keySet().forEach(mart -> whole.rows(mart)
                .forEach(row -> row.remove(FrozenTables.IS_FROZEN)));
        Stream.concat(FrozenTables.STARTS.keySet().stream(), Stream.of("mart.queue_signal", "mart.standard_signal"))
                .forEach(mart -> assertThat(retained.rows(mart))
                        .as(mart)
                        .satisfies(rows -> assertThat(rows.size())
                                .as("rows of " + mart)
                                .isEqualTo(whole.rows(mart).size()))
                        .satisfies(rows -> assertThat(without(new HashSet<>(whole.rows(mart)), new HashSet<>(rows)))
                                .as("gone from " + mart)
                                .isEmpty()));
    }

    /**
     * Items are removed between two releases of a day: of the second, copied periods are compared with the first, all
     * others recounted, and no figure has changed.
     */
    @Test
    void copiedPeriodsAreComparedWithTheReplacedRelease() throws Exception {
        copiedPeriodsAreCompared(false);
    }

    @Test
    @Tag("thorough")
    void crossThatBeginsLaterHasNoRowsOfCopiedPeriods() throws Exception {
        copiedPeriodsAreCompared(true);
    }

    private void copiedPeriodsAreCompared(boolean isCrossNew) throws Exception {
        // every period that is copied had ended
        LocalDate retainedFrom = LocalDate.of(2014, 10, 1);
        LocalDate frozenTo = FrozenQueue.to(retainedFrom);
        Force force = Crosses.with();
        Map<String, List<ItemEvent>> items = RandomItems.of(force, 1, 400);
        CountedItems replaced = CountedItems.of(
                isCrossNew ? Crosses.without(folder.resolve("without")) : force, RandomItems.BUSINESS_DATE, items);
        Map<String, List<ItemEvent>> kept = kept(items, replaced, retainedFrom);
        CountedItems next =
                CountedItems.retained(force, RandomItems.BUSINESS_DATE, retainedFrom, kept, released(replaced));
        List.of("core.event", "core.spell", "core.irregularity", "core.exclusion")
                .forEach(table -> replaced.rows(table).removeIf(row -> !kept.containsKey(row.get("item_key"))));

        AuditResult audit = audit(force, next, replaced);

        assertThat(stopped(audit)).isEmpty();
        assertThat(audit.quality())
                .filteredOn(test -> test.code().equals(AuditResult.FROZEN_AS_RELEASED))
                .extracting(QualityResult::table)
                .contains("mart.queue_daily", "mart.queue_monthly", "mart.queue_yearly")
                .doesNotHaveDuplicates();
        FigureChangeSummary changes = Objects.requireNonNull(audit.figureChanges());
        assertThat(changes.notCompared()).isNull();
        assertThat(changes.changedCount()).isZero();
        assertThat(next.rows("mart.queue_monthly"))
                .filteredOn(row -> "priority x parity".equals(row.get("slice")))
                .extracting(row -> ((LocalDate) Objects.requireNonNull(row.get("month_start_on"))).isBefore(frozenTo))
                .contains(false)
                .satisfies(before -> assertThat(before.contains(true)).isEqualTo(!isCrossNew));

        next.rows("mart.queue_monthly").stream()
                .filter(row ->
                        LocalDate.of(2014, 11, 1).equals(row.get("month_start_on")) && "all".equals(row.get("slice")))
                .forEach(row -> row.put("left_count", 1_000L));
        assertThat(stopped(audit(force, next, replaced)))
                .anyMatch(test -> test.startsWith("mart.queue_monthly " + AuditResult.FROZEN_AS_RELEASED));
    }

    private AuditResult audit(Force force, CountedItems next, CountedItems replaced) throws Exception {
        Path before = Files.createDirectories(folder.resolve("before"));
        FigureChangeRequest request = new FigureChangeRequest(
                new ReplacedRelease(
                        CountedItems.RELEASED,
                        RandomItems.BUSINESS_DATE.toString(),
                        replaced.definitions(),
                        replaced.files(before).stream()
                                .filter(table -> !table.name().equals("mart.figure_change"))
                                .toList()),
                null,
                new Differences(
                        false,
                        false,
                        false,
                        List.of(),
                        List.of(),
                        force.queues().stream().collect(Collectors.toMap(Queue::name, queue -> List.of("feed"))),
                        Map.of()),
                List.of(),
                Carried.none("2013-11-12"),
                folder.resolve("figure_change.parquet").toString());
        return next.audit(Files.createDirectories(folder.resolve("next")), AuditRequest.EVERY_SERIES, request);
    }

    private static List<String> stopped(AuditResult audit) {
        return audit.quality().stream()
                .filter(test -> test.severity().equals("stop") && test.failedCount() > 0)
                .filter(test -> !test.code().equals("STAGES_ADD_UP"))
                .map(test -> test.table() + " " + test.code() + ": " + test.message())
                .toList();
    }

    /** Its rows, by series and table. */
    private static Map<List<Object>, Map<String, List<Map<String, Object>>>> released(CountedItems counted) {
        Map<List<Object>, Map<String, List<Map<String, Object>>>> released = new HashMap<>();
        FrozenTables.STARTS.keySet().forEach(mart -> counted.rows(mart)
                .forEach(row -> released.computeIfAbsent(series(row), unused -> new HashMap<>())
                        .computeIfAbsent(mart, unused -> new ArrayList<>())
                        .add(row)));
        return released;
    }

    private void countTheSame(String name, long seed, int count, LocalDate retainedFrom) {
        Force force = ForceFolder.read(Path.of("src", "test", "resources", name).toAbsolutePath());
        Map<String, List<ItemEvent>> items = RandomItems.of(force, seed, count);
        CountedItems whole = CountedItems.of(force, RandomItems.BUSINESS_DATE, items);
        Map<String, List<ItemEvent>> kept = kept(items, whole, retainedFrom);
        CountedItems retained = CountedItems.retained(force, RandomItems.BUSINESS_DATE, retainedFrom, kept);

        assertThat(count - kept.size()).isGreaterThan(10);
        assertThat(retained.failures(folder))
                .filteredOn(
                        test -> test.severity().equals("stop") && !test.code().equals("STAGES_ADD_UP"))
                .isEmpty();
        // a value that no item has any longer has no rows either
        Set<List<Object>> series = retained.rows("mart.dim_slice").stream()
                .map(RetainedItemsIT::series)
                .collect(Collectors.toSet());
        PERIODS.forEach((mart, period) -> {
            Set<Map<String, Object>> expected = rows(whole, mart, period, retainedFrom);
            expected.removeIf(row -> !series.contains(series(row)));
            Set<Map<String, Object>> actual = rows(retained, mart, period, retainedFrom);
            assertThat(without(expected, actual)).as("gone from " + mart).isEmpty();
            assertThat(without(actual, expected)).as("new in " + mart).isEmpty();
        });
        assertThat(retained.rows("mart.queue_daily")).allMatch(row -> isFrom(row.get("day"), retainedFrom));
        assertThat(cohorts(retained)).doesNotContain("first entries 2014/15");
    }

    /** Without items that had left every queue before the day, and about which nothing is stated since. */
    private static Map<String, List<ItemEvent>> kept(
            Map<String, List<ItemEvent>> items, CountedItems whole, LocalDate retainedFrom) {
        Map<Object, List<Map<String, Object>>> spells =
                whole.rows("core.spell").stream().collect(Collectors.groupingBy(spell -> key(spell)));
        Map<String, List<ItemEvent>> kept = new TreeMap<>();
        items.forEach((item, events) -> {
            List<Map<String, Object>> own = spells.getOrDefault(item, List.of());
            boolean isGone = !own.isEmpty()
                    && own.stream()
                            .allMatch(spell ->
                                    spell.get("left_on") != null && !isFrom(spell.get("left_on"), retainedFrom))
                    && events.stream().allMatch(event -> event.occurredOn() < retainedFrom.toEpochDay());
            if (!isGone) {
                kept.put(item, events);
            }
        });
        return kept;
    }

    private static Object key(Map<String, Object> row) {
        return Objects.requireNonNull(row.get("item_key"));
    }

    private static boolean isFrom(@Nullable Object day, LocalDate first) {
        return day instanceof LocalDate date && !date.isBefore(first);
    }

    private static List<Object> series(Map<String, Object> row) {
        return Stream.of("queue", "slice", "slice_value")
                .map(column -> row.getOrDefault(column, "all"))
                .toList();
    }

    /** First day of the financial year of a cohort; the cohorts of all entries began before every day. */
    private static LocalDate year(@Nullable Object cohort) {
        String name = String.valueOf(cohort);
        return name.matches("first entries [0-9]{4}/[0-9]{2}")
                ? LocalDate.of(Integer.parseInt(name.substring(14, 18)), 4, 1)
                : LocalDate.MIN;
    }

    private static List<Map<String, Object>> without(Set<Map<String, Object>> rows, Set<Map<String, Object>> others) {
        return rows.stream().filter(row -> !others.contains(row)).limit(3).toList();
    }

    private static Set<Object> cohorts(CountedItems counted) {
        return counted.rows("mart.wait_summary").stream()
                .map(row -> row.get("cohort"))
                .collect(Collectors.toSet());
    }

    /** The rows of periods that begin on the day or later. */
    private static Set<Map<String, Object>> rows(
            CountedItems counted, String mart, String period, LocalDate retainedFrom) {
        Set<Map<String, Object>> rows = new HashSet<>();
        for (Map<String, Object> row : counted.rows(mart)) {
            boolean isCompared = period.equals("cohort")
                    ? isFrom(year(row.get("cohort")), retainedFrom)
                    : isFrom(row.get(period), retainedFrom);
            if (isCompared) {
                Map<String, Object> compared = new HashMap<>(row);
                if (row.get("measured_to_on") instanceof LocalDate measuredTo
                        && !isFrom(measuredTo, retainedFrom.plusDays(PACE_DAYS))) {
                    compared.remove("weeks_of_work_left");
                    compared.remove("weeks_of_work_served");
                }
                rows.add(compared);
            }
        }
        return rows;
    }
}
