package uk.fpw.publish;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.message.MetricsResult.MassClosure;
import uk.fpw.warehouse.message.MetricsResult.QueueChange;
import uk.fpw.warehouse.message.MetricsResult.Settled;

/**
 * Simulates a queue: items arrive at random, wait and leave, and both events are recorded some time later. Counts in
 * plain Java what {@code SpellChanges} counts for two releases, so that years of nights can be examined. Days are
 * numbered from 0.
 */
final class SimulatedQueue {

    private static final int NEVER = Integer.MAX_VALUE;
    private static final String[] REASONS = {"served", "otherwise", "(gone)"};
    private static final LocalDate FIRST = LocalDate.of(2020, 1, 6); // a Monday

    private final Habits habits;
    private final Random dice;
    private final int[] entered;
    private final int[] left;
    private final int[] entryKnown;
    private final int[] exitKnown;
    private final int[] corrected;
    private final int[] deleted;
    private final boolean[] isServed;
    private final int count;

    /** The last day on which anything is recorded about an item. */
    private final int[] last;

    /** Items that can still change or are looked back at, in order of entry. */
    private final int[] live;

    private int liveCount;

    /** How many of the other items were not deleted; only their number matters. */
    private long pastSpells;

    private int latest = Integer.MIN_VALUE;
    private int span;

    /** How long after the day of an entry or exit it is recorded. */
    enum Lateness {
        /** Three in a hundred one to five days later, the others at once. */
        MOSTLY_AT_ONCE,
        /** Each up to four weeks later. */
        WEEKS_LATE,
        /** Exits up to four weeks later, entries mostly at once. */
        EXITS_WEEKS_LATE
    }

    /** The days on which pending records are recorded. */
    enum Recording {
        DAILY(1),
        MONDAYS(7),
        EVERY_FOUR_WEEKS(28);

        final int days;

        Recording(int days) {
            this.days = days;
        }

        int on(int day) {
            return day + (days - day % days) % days;
        }
    }

    /**
     * How a force works and records.
     *
     * @param perDay items a day, on average
     * @param medianWait days, of a log-normal distribution as wide as that of real queues
     * @param isDeclared whether the queue declares as provisional the days that late records may still change
     */
    record Habits(double perDay, double medianWait, Lateness lateness, Recording recording, boolean isDeclared) {

        int provisionalDays() {
            return isDeclared ? (lateness == Lateness.MOSTLY_AT_ONCE ? 5 : 28) + recording.days : 0;
        }

        private int entryDelay(Random dice) {
            return lateness == Lateness.WEEKS_LATE ? dice.nextInt(29) : mostlyAtOnce(dice);
        }

        private int exitDelay(Random dice) {
            return lateness == Lateness.MOSTLY_AT_ONCE ? mostlyAtOnce(dice) : dice.nextInt(29);
        }

        private static int mostlyAtOnce(Random dice) {
            return dice.nextInt(100) < 3 ? 1 + dice.nextInt(5) : 0;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f a day, %.1f days, %s %s", perDay, medianWait, recording, lateness);
        }
    }

    /** Simulates this many days; one in a thousand items is deleted later, one in two hundred corrected. */
    SimulatedQueue(long seed, Habits habits, int days) {
        this.habits = habits;
        dice = new Random(seed);
        int max = (int) (habits.perDay() * days * 1.2) + 1000;
        entered = new int[max];
        left = new int[max];
        entryKnown = new int[max];
        exitKnown = new int[max];
        corrected = new int[max];
        deleted = new int[max];
        isServed = new boolean[max];
        last = new int[max];
        int item = 0;
        for (int day = 0; day < days; day++) {
            for (int came = poisson(habits.perDay()); came > 0; came--) {
                entered[item] = day;
                left[item] = day + (int) (habits.medianWait() * Math.exp(0.8 * dice.nextGaussian()));
                entryKnown[item] = habits.recording().on(day + habits.entryDelay(dice));
                exitKnown[item] =
                        Math.max(entryKnown[item], habits.recording().on(left[item] + habits.exitDelay(dice)));
                corrected[item] = dice.nextInt(200) == 0 ? entryKnown[item] + 1 + dice.nextInt(60) : NEVER;
                deleted[item] = dice.nextInt(1000) == 0 ? entryKnown[item] + 1 + dice.nextInt(60) : NEVER;
                isServed[item] = dice.nextInt(100) < 85;
                last[item] = Math.max(
                        Math.max(left[item], exitKnown[item]),
                        Math.max(
                                corrected[item] == NEVER ? 0 : corrected[item],
                                deleted[item] == NEVER ? 0 : deleted[item]));
                item++;
            }
        }
        count = item;
        live = new int[count];
        for (int each = 0; each < count; each++) {
            live[each] = each;
        }
        liveCount = count;
    }

    /**
     * How the release of one night differs from that of an earlier night.
     *
     * @param before not before that of an earlier call
     * @param now later by the same number of days as in earlier calls
     */
    QueueChange change(int before, int now) {
        if (before < latest || (span != 0 && now - before != span)) {
            throw new IllegalArgumentException("night " + before + " cannot follow night " + latest);
        }
        latest = before;
        span = now - before;
        retire(before, Math.max(4 * span, Math.max(28, habits.provisionalDays())));
        long spells = pastSpells;
        long gone = 0;
        long changed = 0;
        long lateExits = 0;
        long recent = 0;
        long totalBefore = 0;
        long totalNow = 0;
        int settledTo = before - habits.provisionalDays();
        long settledBefore = 0;
        long settledNow = 0;
        long[] closed = new long[3]; // served, otherwise, gone
        long[][] openThen = new long[4][3]; // open, left as served, otherwise
        for (int index = 0; index < liveCount && entered[live[index]] <= now; index++) {
            int item = live[index];
            boolean wasThere = isThere(item, before);
            boolean isThere = isThere(item, now) && entered[item] <= before;
            boolean hadLeft = exitKnown[item] <= before && left[item] <= before;
            boolean hasLeft = exitKnown[item] <= now && left[item] <= now;
            boolean hasLeftBefore = hasLeft && left[item] <= before;
            totalNow += isThere && !hasLeftBefore ? 1 : 0;
            if (entered[item] <= settledTo) {
                settledBefore += wasThere && !(hadLeft && left[item] <= settledTo) ? 1 : 0;
                settledNow += isThere && !(hasLeft && left[item] <= settledTo) ? 1 : 0;
            }
            if (wasThere) {
                spells++;
                recent += entered[item] > before - 28 ? 1 : 0;
                totalBefore += hadLeft ? 0 : 1;
                gone += isThere ? 0 : 1;
                boolean isCorrected = corrected[item] > before && corrected[item] <= now;
                changed += isThere && isCorrected ? 1 : 0;
                lateExits += isThere && !isCorrected && hasLeftBefore && !hadLeft ? 1 : 0;
                if (!hadLeft && (!isThere || hasLeft)) {
                    closed[!isThere ? 2 : isServed[item] ? 0 : 1]++;
                }
            }
            for (int number = 1; number <= 4 && isThere(item, now); number++) {
                int from = before - span * number;
                if (entered[item] <= from && (!hasLeft || left[item] > from)) {
                    openThen[number - 1][0]++;
                    if (hasLeft && left[item] <= from + span) {
                        openThen[number - 1][isServed[item] ? 1 : 2]++;
                    }
                }
            }
        }
        Exits exits = new Exits(closed, openThen);
        return new QueueChange(
                "waiting",
                FIRST.plusDays(before).toString(),
                spells,
                gone,
                changed,
                lateExits,
                recent,
                totalBefore,
                totalNow,
                new Settled(FIRST.plusDays(settledTo).toString(), settledBefore, settledNow),
                closed[exits.mostFrequent()] == 0 ? null : REASONS[exits.mostFrequent()],
                closed[exits.mostFrequent()],
                exits.usualShare(),
                exits.total(),
                exits.usualTotalShare(),
                exits.massClosure(totalBefore, FIRST.plusDays(now).toString()));
    }

    /** Sets aside items whose last day lies before the days that are looked back at. */
    private void retire(int before, int lookedBackAt) {
        int kept = 0;
        for (int index = 0; index < liveCount; index++) {
            int item = live[index];
            if (entered[item] > before) {
                // neither this item nor the later ones are past
                System.arraycopy(live, index, live, kept, liveCount - index);
                kept += liveCount - index;
                break;
            }
            if (last[item] >= before - lookedBackAt) {
                live[kept] = item;
                kept++;
            } else if (deleted[item] == NEVER) {
                pastSpells++;
            }
        }
        liveCount = kept;
    }

    /** Items that left between two nights. */
    private static final class Exits {

        /** By reason, in the order of {@link #REASONS}. */
        private final long[] closed;

        /** For four earlier spans: open items, and those of them that left as served or otherwise. */
        private final long[][] openThen;

        Exits(long[] closed, long[][] openThen) {
            this.closed = closed;
            this.openThen = openThen;
        }

        int mostFrequent() {
            return closed[0] >= closed[1] ? (closed[0] >= closed[2] ? 0 : 2) : (closed[1] >= closed[2] ? 1 : 2);
        }

        long total() {
            return closed[0] + closed[1] + closed[2];
        }

        double usualShare() {
            return Arrays.stream(openThen)
                    .filter(then -> then[0] > 0)
                    .mapToDouble(then -> (double) Math.max(then[1], then[2]) / then[0])
                    .max()
                    .orElse(0);
        }

        double usualTotalShare() {
            return Arrays.stream(openThen)
                    .filter(then -> then[0] > 0)
                    .mapToDouble(then -> (double) (then[1] + then[2]) / then[0])
                    .max()
                    .orElse(0);
        }

        @Nullable
        MassClosure massClosure(long totalBefore, String loadedOn) {
            return total() >= QueueChange.MASS_CLOSURE && total() * 2 >= totalBefore
                    ? new MassClosure(
                            loadedOn,
                            REASONS[mostFrequent()],
                            closed[mostFrequent()],
                            "requests.status",
                            loadedOn,
                            total())
                    : null;
        }
    }

    private boolean isThere(int item, int night) {
        return entryKnown[item] <= night && entered[item] <= night && deleted[item] > night;
    }

    private int poisson(double mean) {
        if (mean > 50) {
            return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * dice.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        int number = -1;
        for (double product = 1; product > limit; product *= dice.nextDouble()) {
            number++;
        }
        return Math.max(0, number);
    }
}
