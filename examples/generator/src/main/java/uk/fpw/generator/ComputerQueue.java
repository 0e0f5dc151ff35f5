package uk.fpw.generator;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.fpw.generator.record.LifeStep;
import uk.fpw.generator.record.SeededRandom;
import uk.fpw.generator.record.TargetPath;

/**
 * Steers the computers' wait for examination: on each working day as many leave as the queue needs to end the day at
 * its target. Arrivals are random, so the queue's size hardly moves while all its items change. From
 * {@link #OUTSOURCED_FROM} some are sent to a provider; they still wait.
 */
final class ComputerQueue {

    static final LocalDate OUTSOURCED_FROM = LocalDate.of(2015, 4, 13);

    /** The published counts: 142 on a day of November 2014, 150 at the review in August 2015. */
    static final LocalDate FIRST_COUNT_ON = LocalDate.of(2014, 11, 14);

    static final LocalDate SECOND_COUNT_ON = LocalDate.of(2015, 8, 19);

    /** From this age on the oldest is taken first. */
    private static final int OLDEST_DAYS = 142;

    private static final int SENT_A_WEEK = 4;

    private record Waiting(
            DeviceLife life, LocalDate since, @Nullable LocalDate dueOn) {}

    private record Away(Waiting waiting, LocalDate backOn, boolean examined) {}

    private record Reopening(Waiting waiting, LocalDate on) {}

    private final SeededRandom random;
    private final DeviceEventWriter events;
    private final Consumer<DeviceLife> finish;
    private final List<DeviceLife> arrivals;
    private final List<Waiting> inHouse = new ArrayList<>();
    private final List<Away> away = new ArrayList<>();
    private final List<Reopening> reopenings = new ArrayList<>();
    private final TargetPath target = new TargetPath()
            .at(DeviceLives.WARM_UP, 40)
            .at(LocalDate.of(2012, 12, 1), 88)
            .at(LocalDate.of(2013, 12, 31), 118)
            .at(LocalDate.of(2014, 8, 31), 138)
            .pin(FIRST_COUNT_ON, 142)
            .at(LocalDate.of(2015, 3, 31), 145)
            .pin(SECOND_COUNT_ON, 150)
            .at(LocalDate.of(2015, 10, 31), 147)
            .at(LocalDate.of(2015, 12, 31), 151);
    private int nextArrival;

    /**
     * Creates an empty queue.
     *
     * @param finish what happens to a computer once its examination has started or it is returned examined
     */
    ComputerQueue(
            SeededRandom random, DeviceEventWriter events, List<DeviceLife> computers, Consumer<DeviceLife> finish) {
        this.random = random;
        this.events = events;
        this.finish = finish;
        this.arrivals = computers.stream()
                .filter(life -> !life.isFinished())
                .sorted(Comparator.comparing(DeviceLife::lastDay).thenComparing(life -> life.ref))
                .toList();
    }

    void run() {
        for (LocalDate day = DeviceLives.WARM_UP; !day.isAfter(SyntheticForce.LAST_DAY); day = day.plusDays(1)) {
            if (ForceCalendar.isWorking(day)) {
                work(day);
            }
        }
    }

    private void work(LocalDate day) {
        int closing = target.next(day, random, 1.1);
        accept(day);
        takeBack(day);
        reopen(day);
        withdraw(day);
        startUrgent(day);
        while (inHouse.size() + away.size() > closing && !inHouse.isEmpty()) {
            start(chosen(day), day);
        }
        if (day.getDayOfWeek() == DayOfWeek.MONDAY && !day.isBefore(OUTSOURCED_FROM)) {
            send(day);
        }
    }

    private void accept(LocalDate day) {
        while (nextArrival < arrivals.size()
                && !arrivals.get(nextArrival).lastDay().isAfter(day)) {
            DeviceLife life = arrivals.get(nextArrival++);
            LocalDate due = life.isHigh() ? ForceCalendar.workingFrom(day.plusDays(random.between(1, 6))) : null;
            inHouse.add(new Waiting(life, day, due));
        }
    }

    private void takeBack(LocalDate day) {
        for (Away gone : List.copyOf(away)) {
            if (gone.backOn.isAfter(day)) {
                continue;
            }
            away.remove(gone);
            if (gone.examined) {
                events.write(gone.waiting.life, "RTX", day.atTime(random.timeOfDay(9, 15)));
                finish.accept(gone.waiting.life);
            } else {
                events.write(
                        gone.waiting.life,
                        "RTU",
                        day.atTime(random.timeOfDay(9, 15)),
                        random.pick(List.of("locked", "damaged", "not supported")));
                inHouse.add(gone.waiting);
                inHouse.sort(Comparator.comparing(Waiting::since));
            }
        }
    }

    private void reopen(LocalDate day) {
        for (Reopening reopening : List.copyOf(reopenings)) {
            if (!reopening.on.isAfter(day)) {
                reopenings.remove(reopening);
                events.write(reopening.waiting.life, "REO", day.atTime(random.timeOfDay(9, 12)));
                inHouse.add(new Waiting(
                        reopening.waiting.life,
                        reopening.waiting.since,
                        ForceCalendar.workingFrom(day.plusDays(random.between(1, 6)))));
                inHouse.sort(Comparator.comparing(Waiting::since));
            }
        }
    }

    private void withdraw(LocalDate day) {
        for (Waiting waiting : List.copyOf(inHouse)) {
            if (random.chance(0.0004)) {
                inHouse.remove(waiting);
                events.write(waiting.life, "WDR", day.atTime(random.timeOfDay(10, 17)));
            }
        }
    }

    private void startUrgent(LocalDate day) {
        for (Waiting waiting : List.copyOf(inHouse)) {
            if (waiting.dueOn != null && !waiting.dueOn.isAfter(day)) {
                start(waiting, day);
            }
        }
    }

    /** Usually one of the older ones, with some randomness. */
    private Waiting chosen(LocalDate day) {
        Waiting oldest = inHouse.get(0);
        if (age(oldest, day) >= OLDEST_DAYS || random.chance(0.3)) {
            return oldest;
        }
        int older = random.between(0, inHouse.size() - 1);
        return inHouse.get(Math.min(older, random.between(0, inHouse.size() - 1)));
    }

    private void start(Waiting waiting, LocalDate day) {
        inHouse.remove(waiting);
        events.write(waiting.life, "STA", day.atTime(random.timeOfDay(9, 17)));
        boolean first = waiting.life.firstAt("REO") == null;
        finish.accept(waiting.life);
        LifeStep last = waiting.life.lastStep();
        if (waiting.life.isHigh() && first && last != null && last.code().equals("RES") && random.chance(0.12)) {
            LocalDate on = ForceCalendar.workingFrom(waiting.life.lastDay().plusDays(random.between(5, 20)));
            reopenings.add(new Reopening(waiting, on));
        }
    }

    private void send(LocalDate day) {
        int sent = 0;
        for (Waiting waiting : List.copyOf(inHouse)) {
            long age = age(waiting, day);
            if (sent < SENT_A_WEEK
                    && waiting.dueOn == null
                    && age >= 15
                    && age <= 75
                    && waiting.life.firstAt("OUT") == null
                    && random.chance(0.15)) {
                sent++;
                inHouse.remove(waiting);
                events.write(waiting.life, "OUT", day.atTime(random.timeOfDay(17, 18)), "PROVIDER-1");
                LocalDate back = ForceCalendar.workingFrom(day.plusDays(random.between(24, 44)));
                away.add(new Away(waiting, back, !random.chance(0.15)));
            }
        }
    }

    private static long age(Waiting waiting, LocalDate day) {
        return ChronoUnit.DAYS.between(waiting.since, day);
    }
}
