package uk.fpw.statistics.period;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.statistics.Draws;
import uk.fpw.statistics.Proportion;
import uk.fpw.statistics.wait.ComparedGroup;
import uk.fpw.statistics.wait.ComparedWaits;
import uk.fpw.statistics.wait.LifeTable;
import uk.fpw.statistics.wait.LogRank;
import uk.fpw.statistics.wait.LogRankSums;

/**
 * In how many months the verdicts of a force in which nothing changes show any difference: six queues, two judged by
 * late cases, two by waits and two by what was received, each in its year to date, quarter and month beside those of
 * two earlier years, for twelve months. Every p below 0.05 after Holm's adjustment counts, however small the
 * difference. The numbers in {@code docs/methods.md} come from here: {@code -Dfpw.simulated.forces=1000} runs more.
 * Prints its results.
 *
 * <p>Three cases of 1 to 3 devices come in on a working day. Either each waits an exponential number of days, on
 * average 30, half of the devices together with the others of their case; or the queue has room for a little more than
 * comes in and serves in turn, so that its waits wander: then nothing is told by waits and late cases where each week
 * resembles the next.
 */
@Tag("thorough")
class VerdictSimulationTest {

    private static final int FORCES = Integer.getInteger("fpw.simulated.forces", 40);
    private static final double LEVEL = Math.log10(0.05);
    private static final int LATE_AFTER = 28;
    private static final int BLOCK = 28;
    private static final double CASES_A_DAY = 3;
    private static final double MEAN_WAIT = 30;
    private static final LocalDate FIRST = LocalDate.of(2011, 1, 3);
    private static final LocalDate LAST = LocalDate.of(2016, 3, 31);
    private static final int YEARS = 2;

    private record Device(int contributor, int entered, int left) {}

    private record Period(int from, int to) {

        private boolean has(int day) {
            return day >= from && day <= to;
        }
    }

    private static int day(LocalDate date) {
        return (int) date.toEpochDay();
    }

    private static boolean isWorking(int day) {
        return Math.floorMod(day + 3, 7) < 5;
    }

    private static List<Period> periods(LocalDate monthEnd, int kind) {
        List<Period> periods = new ArrayList<>();
        for (int years = 0; years <= YEARS; years++) {
            LocalDate month = monthEnd.withDayOfMonth(1).minusYears(years);
            LocalDate end = month.plusMonths(1).minusDays(1);
            LocalDate quarterEnd = month.minusMonths(month.getMonthValue() % 3L).plusMonths(1);
            periods.add(
                    switch (kind) {
                        case 0 ->
                            new Period(day(month.withMonth(4).minusYears(month.getMonthValue() < 4 ? 1 : 0)), day(end));
                        case 1 -> new Period(day(quarterEnd.minusMonths(3)), day(quarterEnd) - 1);
                        default -> new Period(day(month), day(end));
                    });
        }
        return periods;
    }

    private static int wait(SplittableRandom random) {
        return (int) Math.floor(-MEAN_WAIT * Math.log(1 - random.nextDouble()));
    }

    private static List<Device> independent(SplittableRandom random) {
        List<Device> devices = new ArrayList<>();
        int contributor = 0;
        for (int day = day(FIRST); day <= day(LAST); day++) {
            for (int cases = isWorking(day) ? Draws.poisson(random, CASES_A_DAY) : 0; cases > 0; cases--) {
                int shared = wait(random);
                contributor++;
                for (int device = 1 + random.nextInt(3); device > 0; device--) {
                    devices.add(new Device(contributor, day, day + (random.nextBoolean() ? shared : wait(random))));
                }
            }
        }
        return devices;
    }

    /** Serves in turn, on a working day as many as chance has it, {@code spare} more than comes in on average. */
    private static List<Device> inTurn(SplittableRandom random, double spare) {
        List<Device> devices = new ArrayList<>();
        Deque<int[]> waiting = new ArrayDeque<>();
        int contributor = 0;
        for (int day = day(FIRST); day <= day(LAST); day++) {
            if (isWorking(day)) {
                for (int cases = Draws.poisson(random, CASES_A_DAY); cases > 0; cases--) {
                    contributor++;
                    for (int device = 1 + random.nextInt(3); device > 0; device--) {
                        waiting.add(new int[] {contributor, day});
                    }
                }
                for (int served = Draws.poisson(random, CASES_A_DAY * 2 * (1 + spare)); served > 0; served--) {
                    int[] first = waiting.poll();
                    if (first != null) {
                        devices.add(new Device(first[0], first[1], day));
                    }
                }
            }
        }
        waiting.forEach(first -> devices.add(new Device(first[0], first[1], Integer.MAX_VALUE)));
        return devices;
    }

    private static double received(List<Device> devices, Period now, Period before) {
        int[] items = new int[2];
        int[] cases = new int[2];
        OverDispersion dispersion = OverDispersion.NONE;
        int[] days = new int[2];
        for (int side = 0; side < 2; side++) {
            Period period = side == 0 ? now : before;
            long[] byDay = new long[period.to - period.from + 1];
            Map<Integer, Long> byCase = new HashMap<>();
            for (Device device : devices) {
                if (period.has(device.entered)) {
                    byDay[device.entered - period.from]++;
                    byCase.merge(device.contributor, 1L, Long::sum);
                    items[side]++;
                }
            }
            for (int day = period.from; day <= period.to; day++) {
                days[side] += isWorking(day) ? 1 : 0;
            }
            long squares =
                    byCase.values().stream().mapToLong(count -> count * count).sum();
            cases[side] = byCase.size();
            dispersion = dispersion.with(OverDispersion.of(items[side], squares, squares, byDay));
        }
        Comparison exact = new CountedRates(cases[0], days[0], cases[1], days[1]).exact();
        Comparison scaled = new CountedRates(items[0], days[0], items[1], days[1]).scaled(dispersion.factor());
        return Math.max(
                Objects.requireNonNull(exact).log10P(),
                Objects.requireNonNull(scaled).log10P());
    }

    private static double late(List<Device> devices, Spread spread, Period now, Period before) {
        double ofCases = new CountedShares(late(devices, now, true), late(devices, before, true))
                .compare()
                .log10P();
        Comparison ofItems =
                new CountedShares(late(devices, now, false), late(devices, before, false)).scaled(spread.ofLate);
        return ofItems == null ? ofCases : Math.max(ofCases, ofItems.log10P());
    }

    private static boolean isLate(Device device) {
        return device.left - device.entered > LATE_AFTER;
    }

    private static int due(Device device) {
        return device.entered + LATE_AFTER + 1;
    }

    private static Proportion late(List<Device> devices, Period period, boolean isOfCases) {
        Set<Integer> due = new HashSet<>();
        Set<Integer> late = new HashSet<>();
        for (int i = 0; i < devices.size(); i++) {
            Device device = devices.get(i);
            if (period.has(due(device))) {
                due.add(isOfCases ? device.contributor : i);
                if (isLate(device)) {
                    late.add(isOfCases ? device.contributor : i);
                }
            }
        }
        return new Proportion(late.size(), due.size());
    }

    /** How a queue wanders from the first period to the last, as of a month. */
    private record Spread(boolean isWandering, double ofExits, double ofLate) {

        private static Spread of(List<Device> devices, Period all) {
            ShareSpread weeks = exits(devices, all, 7, true);
            int blocks = (all.to - all.from + 1) / BLOCK;
            long[] due = new long[blocks];
            long[] late = new long[blocks];
            for (Device device : devices) {
                int block = blocks - 1 - Math.floorDiv(all.to - due(device), BLOCK);
                if (block >= 0 && block < blocks) {
                    due[block]++;
                    late[block] += isLate(device) ? 1 : 0;
                }
            }
            return new Spread(
                    weeks.isWandering(),
                    exits(devices, all, BLOCK, false).factor(),
                    new ShareSpread(late, due).factor());
        }

        private static ShareSpread exits(List<Device> devices, Period all, int length, boolean isOfItems) {
            int blocks = (all.to - all.from + 1) / length;
            int first = all.to - blocks * length + 1;
            long[] left = new long[blocks];
            long[] atRisk = new long[blocks];
            for (Device device : devices) {
                int from = Math.max(device.entered, first);
                int to = Math.min(device.left, all.to);
                for (int day = from; day <= to; day++) {
                    int block = (day - first) / length;
                    atRisk[block] += !isOfItems || day == from || (day - first) % length == 0 ? 1 : 0;
                }
                if (device.left >= first && device.left <= all.to) {
                    left[(device.left - first) / length]++;
                }
            }
            return new ShareSpread(left, atRisk);
        }
    }

    private static @Nullable Double waited(List<Device> devices, Spread spread, Period now, Period before) {
        ComparedGroup first = group("before", devices, before);
        ComparedGroup second = group("now", devices, now);
        LogRankSums sums = new LogRankSums(first.weightsWith(second));
        ComparedWaits waits = new ComparedWaits();
        int contributor = -1;
        for (Device device : devices) {
            if (device.contributor != contributor) {
                sums.add(waits);
                waits.clear();
                contributor = device.contributor;
            }
            boolean isNew = true;
            for (int group = 0; group < 2; group++) {
                Period period = group == 0 ? before : now;
                if (device.entered <= period.to && device.left >= period.from) {
                    if (isNew) {
                        waits.addItem();
                        isNew = false;
                    }
                    waits.addPart(
                            group,
                            0,
                            Math.max(period.from, device.entered) - device.entered,
                            Math.min(period.to, device.left) - device.entered,
                            device.left <= period.to);
                }
            }
        }
        sums.add(waits);
        Double byContributor = first.compareWith(second, sums).log10P();
        Double chiSquare = first.compareWith(second).chiSquare();
        return byContributor == null || chiSquare == null
                ? null
                : (Double) Math.max(byContributor, LogRank.log10P(chiSquare / spread.ofExits));
    }

    private static ComparedGroup group(String name, List<Device> devices, Period period) {
        LifeTable.Builder table = new LifeTable.Builder();
        for (Device device : devices) {
            if (device.entered <= period.to && device.left >= period.from) {
                table.enter(Math.max(period.from, device.entered) - device.entered - 1.0, 1);
                if (device.left <= period.to) {
                    table.leave((double) device.left - device.entered, "left", 1);
                } else {
                    table.censor((double) period.to - device.entered, 1);
                }
            }
        }
        LifeTable built = table.build();
        return new ComparedGroup(name, built, Map.of("", built));
    }

    private static List<Double> verdicts(List<List<Device>> queues, LocalDate monthEnd) {
        List<Double> log10P = new ArrayList<>();
        for (int queue = 0; queue < queues.size(); queue++) {
            List<Device> devices = queues.get(queue);
            Period all = new Period(
                    periods(monthEnd, 0).get(YEARS).from, periods(monthEnd, 2).get(0).to);
            Spread spread = Spread.of(devices, all);
            for (int kind = 0; kind < 3; kind++) {
                List<Period> periods = periods(monthEnd, kind);
                for (int years = 1; years <= YEARS; years++) {
                    Period now = periods.get(0);
                    Period before = periods.get(years);
                    if (queue % 3 != 2 && spread.isWandering) {
                        continue;
                    }
                    Double found =
                            switch (queue % 3) {
                                case 0 -> (Double) late(devices, spread, now, before);
                                case 1 -> waited(devices, spread, now, before);
                                default -> (Double) received(devices, now, before);
                            };
                    if (found != null) {
                        log10P.add(found);
                    }
                }
            }
        }
        return log10P;
    }

    @ParameterizedTest
    @CsvSource({"independent, 0", "in turn, 0.5", "in turn, 0.2", "in turn, 0.05"})
    void monthsWithAnyVerdictOfAForceInWhichNothingChanges(String kind, double spare) {
        SplittableRandom random = new SplittableRandom(20151118);
        int months = 0;
        int withAny = 0;
        int single = 0;
        int tests = 0;
        for (int force = 0; force < FORCES; force++) {
            List<List<Device>> queues = new ArrayList<>();
            for (int queue = 0; queue < 6; queue++) {
                queues.add(kind.equals("independent") ? independent(random) : inTurn(random, spare));
            }
            for (int month = 0; month < 12; month++) {
                LocalDate end = LocalDate.of(2015, 4, 1).plusMonths(month + 1L).minusDays(1);
                List<Double> log10P = verdicts(queues, end);
                months++;
                withAny += Holm.adjust(log10P).stream().anyMatch(p -> p < LEVEL) ? 1 : 0;
                tests += log10P.size();
                single += (int) log10P.stream().filter(p -> p < LEVEL).count();
            }
        }
        double share = withAny / (double) months;
        System.out.printf(
                Locale.ROOT,
                "%s, %.0f %% to spare: %d forces: any verdict in %.3f of %d months; p below 0.05 in %.3f of the tests; "
                        + "%.2f of the verdicts have a test%n",
                kind,
                100 * spare,
                FORCES,
                share,
                months,
                single / (double) tests,
                tests / (36.0 * months));
        // months of a force are alike: count each force as two
        assertThat(share).isLessThanOrEqualTo(0.05 + 3 * Math.sqrt(0.05 * 0.95 / (2.0 * FORCES)));
    }
}
