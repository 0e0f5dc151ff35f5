package uk.fpw.generator;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import uk.fpw.generator.record.LifeStep;
import uk.fpw.generator.record.SeededRandom;

/**
 * The lives of all devices of one replica: seizures, the course of phones, tablets and storage devices, and the
 * computers' queue ({@link ComputerQueue}).
 */
final class DeviceLives {

    /** The simulation starts before the systems do, so that there are open cases when they start. */
    static final LocalDate WARM_UP = LocalDate.of(2012, 6, 1);

    private final SeededRandom random;
    private final DeviceEventWriter events;
    private final String prefix;
    private final List<DeviceLife> lives = new ArrayList<>();
    private int number;

    private DeviceLives(long seed, int replica) {
        this.random = new SeededRandom(seed, replica, "devices");
        this.events = new DeviceEventWriter(new SeededRandom(seed, replica, "records of devices"));
        this.prefix = replica == 0 ? "" : replica + "-";
    }

    /** Lives in order of seizure, without those that ended before the systems began. */
    static List<DeviceLife> of(long seed, int replica) {
        DeviceLives all = new DeviceLives(seed, replica);
        all.seize();
        List<DeviceLife> computers = new ArrayList<>();
        for (DeviceLife life : all.lives) {
            all.begin(life);
            if (life.type.equals("computer")) {
                computers.add(life);
            } else {
                all.live(life);
            }
        }
        new ComputerQueue(new SeededRandom(seed, replica, "computers"), all.events, computers, all::finish).run();
        return all.lives.stream()
                .filter(life -> !life.isFinished() || !life.lastDay().isBefore(SyntheticForce.FIRST_DAY))
                .toList();
    }

    private void seize() {
        int cases = 0;
        for (LocalDate day = WARM_UP; !day.isAfter(SyntheticForce.LAST_DAY); day = day.plusDays(1)) {
            int seizures = random.poisson(2.25);
            for (int i = 0; i < seizures; i++) {
                cases++;
                String caseRef = String.format("%sC%02d-%05d", prefix, day.getYear() % 100, cases);
                String priority = random.chance(0.2) ? "high" : "normal";
                int devices = random.pick(List.of(1, 1, 1, 2, 2, 3));
                for (int j = 0; j < devices; j++) {
                    String type = random.pick(TYPES);
                    LocalDateTime at = day.atTime(random.timeOfDay(6, 20));
                    String ref = String.format("%sX%02d-%06d", prefix, day.getYear() % 100, ++number);
                    lives.add(new DeviceLife(ref, caseRef, type, priority, day, events.recordedAt(at, null)));
                }
            }
        }
    }

    /** 8 of 20 devices are computers. */
    private static final List<String> TYPES = List.of(
            "computer",
            "computer",
            "computer",
            "computer",
            "computer",
            "computer",
            "computer",
            "computer",
            "phone",
            "phone",
            "phone",
            "phone",
            "phone",
            "phone",
            "phone",
            "tablet",
            "tablet",
            "storage",
            "storage",
            "storage");

    /** From seizure to acceptance. */
    private void begin(DeviceLife life) {
        LocalDate submitted = ForceCalendar.workingFrom(
                life.seizedOn.plusDays(life.isHigh() ? random.between(0, 2) : random.skewed(4, 1.0, 60)));
        if (random.chance(0.02)) {
            events.write(
                    life,
                    "WDR",
                    ForceCalendar.workingFrom(life.seizedOn.plusDays(random.between(3, 30)))
                            .atTime(random.timeOfDay(9, 17)));
            return;
        }
        events.write(life, "SUB", submitted.atTime(random.timeOfDay(9, 16)));
        LocalDate accepted = ForceCalendar.workingFrom(submitted.plusDays(life.isHigh() ? 0 : random.between(0, 3)));
        LocalDateTime at = accepted.atTime(random.timeOfDay(9, 17));
        if (random.chance(0.015)) {
            events.write(life, "REJ", at);
        } else {
            events.write(life, "ACC", at);
        }
    }

    /** A phone, tablet or storage device from acceptance to result, with the further work for which some come back. */
    private void live(DeviceLife life) {
        if (life.isFinished()) {
            return;
        }
        LocalDate accepted = life.lastDay();
        int median = life.type.equals("phone") ? 24 : 38;
        LocalDate started = ForceCalendar.workingFrom(
                accepted.plusDays(life.isHigh() ? random.between(1, 8) : random.skewed(median, 0.6, 180)));
        if (random.chance(0.03)) {
            LocalDate withdrawn = ForceCalendar.workingFrom(accepted.plusDays(random.between(1, 40)));
            events.write(
                    life, "WDR", (withdrawn.isBefore(started) ? withdrawn : started).atTime(random.timeOfDay(9, 17)));
            return;
        }
        events.write(life, "STA", started.atTime(random.timeOfDay(8, 16)));
        finish(life);
        if (random.chance(0.03)) {
            LocalDate reopened = ForceCalendar.workingFrom(life.lastDay().plusDays(random.between(5, 40)));
            events.write(life, "REO", reopened.atTime(random.timeOfDay(9, 17)));
            events.write(
                    life,
                    "STA",
                    ForceCalendar.workingFrom(reopened.plusDays(random.between(2, 20)))
                            .atTime(random.timeOfDay(8, 16)));
            finish(life);
        }
    }

    /** From the start of the examination, or the return from the provider, to the result. */
    private void finish(DeviceLife life) {
        LifeStep last = life.lastStep();
        if (last == null) {
            return;
        }
        if (last.code().equals("STA")) {
            LocalDate examined = ForceCalendar.workingFrom(
                    life.lastDay().plusDays(random.between(0, life.type.equals("phone") ? 4 : 12)));
            if (random.chance(0.004)) {
                events.write(life, "WDR", examined.atTime(random.timeOfDay(9, 18)));
                return;
            }
            events.write(life, "EXA", examined.atTime(random.timeOfDay(9, 18)));
            last = life.lastStep();
        }
        if (last != null && (last.code().equals("EXA") || last.code().equals("RTX"))) {
            LocalDate result = ForceCalendar.workingFrom(
                    life.lastDay().plusDays(life.isHigh() ? random.between(1, 4) : random.skewed(9, 0.6, 60)));
            events.write(life, "RES", result.atTime(random.timeOfDay(9, 17)));
        }
    }
}
