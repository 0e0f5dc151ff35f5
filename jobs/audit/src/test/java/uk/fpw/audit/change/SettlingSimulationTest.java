package uk.fpw.audit.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Queues whose items are recorded late, seen by a release on most nights: what is said of their months is what follows
 * from the counts of every night, kept here one by one. And the ranges hold as often as they say.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettlingSimulationTest {

    private static final LocalDate AS_AT = LocalDate.of(2015, 12, 31);
    private static final YearMonth FIRST = YearMonth.of(2014, 1);
    private static final YearMonth LAST_FINAL = YearMonth.of(2015, 9);
    private static final int QUEUES = 20;
    private static final int DAYS = 730;

    private final Random random = new Random(20_151_231);

    /** By queue and month, the days on which its items became known. */
    private final Map<String, Map<YearMonth, List<LocalDate>>> known = new TreeMap<>();

    /** By queue, the dates of the releases before. */
    private final Map<String, List<LocalDate>> released = new HashMap<>();

    private @Nullable SettlingTables tables;

    @BeforeAll
    void simulate(@TempDir Path folder) {
        tables = simulated(folder);
    }

    @AfterAll
    void close() {
        if (tables != null) {
            tables.close();
        }
    }

    @Test
    void everyNumberFollowsFromTheCountsOfEachNight() {
        List<List<@Nullable Object>> rows = read(
                "select queue, days_after, period_count, share_low, round(share_median, 9), share_high, settled_count,"
                        + " backtest_period_count, backtest_within_count, round(backtest_expected_share, 9)"
                        + " from settling order by all");

        assertThat(rows)
                .containsExactlyElementsOf(known.keySet().stream()
                        .flatMap(queue -> SettlingHistory.LAGS.stream().map(days -> row(queue, days)))
                        .toList());
        // ranges of 12 to 18 months are expected to hold for 85 to 89 %; they are rounded outwards
        List<List<@Nullable Object>> early =
                rows.stream().filter(row -> (Integer) row.get(1) <= 7).toList();
        assertThat(sum(early, 7)).isGreaterThan(300);
        assertThat(sum(early, 8) / (double) sum(early, 7)).isBetween(0.85, 0.97);
    }

    /** November is 31 days old, October 61: between the numbers of days whose shares are published. */
    @Test
    void rangesOfTheLatestMonthsFollowFromTheSharesAtExactlyTheirAge() {
        List<List<@Nullable Object>> rows = read("select queue, days_since_end, current_count, period_count, share_low,"
                + " share_high, expected_low, expected_high from settling_month where days_since_end > 0"
                + " order by all");

        assertThat(rows)
                .containsExactlyElementsOf(known.keySet().stream()
                        .flatMap(queue -> Stream.of(11, 10).map(month -> range(queue, YearMonth.of(2015, month))))
                        .toList());
    }

    private List<List<@Nullable Object>> read(String query) {
        Map<String, List<String>> releasedOn = new HashMap<>();
        released.forEach((queue, dates) ->
                releasedOn.put(queue, dates.stream().map(LocalDate::toString).toList()));
        return Objects.requireNonNull(tables).read(releasedOn, true, query);
    }

    private List<@Nullable Object> range(String queue, YearMonth month) {
        int age = (int) ChronoUnit.DAYS.between(month.atEndOfMonth(), AS_AT);
        long now = count(queue, month, AS_AT);
        List<Observed> earlier = observed(queue, age);
        return Arrays.asList(
                queue,
                age,
                now,
                (long) earlier.size(),
                earlier.stream().mapToDouble(Observed::share).min().orElseThrow(),
                earlier.stream().mapToDouble(Observed::share).max().orElseThrow(),
                (long) least(now, earlier),
                (long) most(now, earlier));
    }

    /** The count now is at least the least that a month before makes of it. */
    private static double least(long stated, List<Observed> earlier) {
        return earlier.stream()
                .mapToDouble(other -> Math.floor(1e-9 + stated * (double) other.ended() / other.stated()))
                .min()
                .orElseThrow();
    }

    /** And at most the most. */
    private static double most(long stated, List<Observed> earlier) {
        return earlier.stream()
                .mapToDouble(other -> Math.ceil(stated * (double) other.ended() / other.stated() - 1e-9))
                .max()
                .orElseThrow();
    }

    private static long sum(List<List<@Nullable Object>> rows, int column) {
        return rows.stream().mapToLong(row -> (Long) row.get(column)).sum();
    }

    private SettlingTables simulated(Path folder) {
        SettlingTables simulated = new SettlingTables(folder, AS_AT);
        for (int number = 0; number < QUEUES; number++) {
            String queue = "queue_" + (10 + number);
            Map<YearMonth, List<LocalDate>> months = new TreeMap<>();
            for (int day = 0; day < DAYS; day++) {
                LocalDate received = FIRST.atDay(1).plusDays(day);
                int items = random.nextInt(2 + number);
                for (int item = 0; item < items; item++) {
                    // most on the day, the others within weeks
                    int delay = random.nextInt(10) < 6 ? 0 : (int) (-20 * Math.log(1 - random.nextDouble()));
                    months.computeIfAbsent(YearMonth.from(received), first -> new ArrayList<>())
                            .add(received.plusDays(delay));
                }
            }
            known.put(queue, months);
            released.put(
                    queue,
                    FIRST.atDay(1)
                            .datesUntil(AS_AT)
                            .filter(date -> random.nextInt(10) > 0)
                            .toList());
            months.keySet().forEach(month -> state(simulated, queue, month));
        }
        return simulated;
    }

    /** The steps from one release to the next, of a month that was over in the first. */
    private void state(SettlingTables simulated, String queue, YearMonth month) {
        simulated.month(queue, month, "received_count", count(queue, month, AS_AT));
        LocalDate before = null;
        for (LocalDate date :
                Stream.concat(released(queue).stream(), Stream.of(AS_AT)).toList()) {
            if (before != null && !before.isBefore(month.atEndOfMonth())) {
                long replaced = count(queue, month, before);
                long now = count(queue, month, date);
                if (replaced != now) {
                    simulated.step(queue, month, date, "recorded late", replaced, now);
                }
            }
            before = date;
        }
    }

    private List<LocalDate> released(String queue) {
        return released.getOrDefault(queue, List.of());
    }

    private long count(String queue, YearMonth month, LocalDate on) {
        return known.getOrDefault(queue, Map.of()).getOrDefault(month, List.of()).stream()
                .filter(date -> !date.isAfter(on))
                .count();
    }

    private record Observed(YearMonth month, long stated, long ended) {
        double share() {
            return stated / (double) ended;
        }
    }

    private List<@Nullable Object> row(String queue, int days) {
        List<Observed> all = observed(queue, days);
        double[] shares = all.stream()
                .filter(month -> month.ended() > 0)
                .mapToDouble(Observed::share)
                .sorted()
                .toArray();
        boolean isEnough = shares.length >= 12;
        long settled = all.stream()
                .filter(month -> Math.abs(month.stated() - month.ended()) <= Math.max(1, month.ended() / 200.0))
                .count();
        long tested = 0;
        long within = 0;
        double expected = 0;
        for (Observed month : all) {
            List<Observed> earlier = all.stream()
                    .filter(other -> other.ended() > 0 && other.month().isBefore(month.month()))
                    .filter(other -> !other.month()
                            .atEndOfMonth()
                            .plusDays(91)
                            .isAfter(month.month().atEndOfMonth().plusDays(days)))
                    .toList();
            if (earlier.size() >= 12 && month.stated() > 0 && earlier.stream().allMatch(other -> other.stated() > 0)) {
                tested++;
                expected += (earlier.size() - 1) / (earlier.size() + 1.0);
                within += month.ended() >= least(month.stated(), earlier)
                                && month.ended() <= most(month.stated(), earlier)
                        ? 1
                        : 0;
            }
        }
        return Arrays.asList(
                queue,
                days,
                (long) shares.length,
                isEnough ? shares[0] : null,
                isEnough ? Math.round(median(shares) * 1e9) / 1e9 : null,
                isEnough ? shares[shares.length - 1] : null,
                settled,
                tested,
                within,
                tested < 3 ? null : Math.round(expected / tested * 1e9) / 1e9);
    }

    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : sorted[half - 1] + (sorted[half] - sorted[half - 1]) * 0.5;
    }

    private List<Observed> observed(String queue, int days) {
        List<Observed> observed = new ArrayList<>();
        for (YearMonth month = FIRST; !month.isAfter(LAST_FINAL); month = month.plusMonths(1)) {
            LocalDate end = month.atEndOfMonth();
            LocalDate asked = end.plusDays(days);
            LocalDate stated = released(queue).stream()
                    .filter(date -> !date.isBefore(end) && !date.isAfter(asked))
                    .reduce((earlier, later) -> later)
                    .orElse(null);
            if (stated != null) {
                observed.add(new Observed(month, count(queue, month, stated), count(queue, month, AS_AT)));
            }
        }
        return observed;
    }
}
