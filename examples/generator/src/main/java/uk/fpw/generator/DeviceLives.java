package uk.fpw.generator;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The lives of all devices of one replica: seizures, what becomes of phones, tablets and storage, and the computers'
 * queue ({@link ComputerQueue}).
 */
final class DeviceLives {

    /** The simulation starts before the systems do, so that they start with what is open then. */
    static final LocalDate WARM_UP = LocalDate.of(2012, 6, 1);

    private final Dice dice;
    private final Scribe scribe;
    private final String prefix;
    private final List<Life> lives = new ArrayList<>();
    private int number;

    private DeviceLives(long seed, int replica) {
        this.dice = new Dice(seed, replica, "devices");
        this.scribe = new Scribe(new Dice(seed, replica, "records of devices"));
        this.prefix = replica == 0 ? "" : replica + "-";
    }

    /** Lives in order of seizure, without those that were over before the systems began. */
    static List<Life> of(long seed, int replica) {
        DeviceLives all = new DeviceLives(seed, replica);
        all.seize();
        List<Life> computers = new ArrayList<>();
        for (Life life : all.lives) {
            all.begin(life);
            if (life.type.equals("computer")) {
                computers.add(life);
            } else {
                all.live(life);
            }
        }
        new ComputerQueue(new Dice(seed, replica, "computers"), all.scribe, computers, all::finish).run();
        return all.lives.stream()
                .filter(life -> !life.isFinished() || !life.lastDay().isBefore(SyntheticForce.FIRST_DAY))
                .toList();
    }

    private void seize() {
        int cases = 0;
        for (LocalDate day = WARM_UP; !day.isAfter(SyntheticForce.LAST_DAY); day = day.plusDays(1)) {
            int seizures = dice.poisson(2.25);
            for (int i = 0; i < seizures; i++) {
                cases++;
                String caseRef = String.format("%sC%02d-%05d", prefix, day.getYear() % 100, cases);
                String priority = dice.chance(0.2) ? "high" : "normal";
                int devices = dice.pick(List.of(1, 1, 1, 2, 2, 3));
                for (int j = 0; j < devices; j++) {
                    String type = dice.pick(TYPES);
                    LocalDateTime at = day.atTime(dice.timeOfDay(6, 20));
                    String ref = String.format("%sX%02d-%06d", prefix, day.getYear() % 100, ++number);
                    lives.add(new Life(ref, caseRef, type, priority, day, scribe.recordedAt(at, null)));
                }
            }
        }
    }

    /** Of 20 devices 8 are computers. */
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
    private void begin(Life life) {
        LocalDate submitted =
                Days.workingFrom(life.seizedOn.plusDays(life.isHigh() ? dice.between(0, 2) : dice.skewed(4, 1.0, 60)));
        if (dice.chance(0.02)) {
            scribe.write(
                    life,
                    "WDR",
                    Days.workingFrom(life.seizedOn.plusDays(dice.between(3, 30)))
                            .atTime(dice.timeOfDay(9, 17)));
            return;
        }
        scribe.write(life, "SUB", submitted.atTime(dice.timeOfDay(9, 16)));
        LocalDate accepted = Days.workingFrom(submitted.plusDays(life.isHigh() ? 0 : dice.between(0, 3)));
        LocalDateTime at = accepted.atTime(dice.timeOfDay(9, 17));
        if (dice.chance(0.015)) {
            scribe.write(life, "REJ", at);
        } else {
            scribe.write(life, "ACC", at);
        }
    }

    /** A phone, tablet or storage device from acceptance to result, with the further work that some come back for. */
    private void live(Life life) {
        if (life.isFinished()) {
            return;
        }
        LocalDate accepted = life.lastDay();
        int median = life.type.equals("phone") ? 24 : 38;
        LocalDate started =
                Days.workingFrom(accepted.plusDays(life.isHigh() ? dice.between(1, 8) : dice.skewed(median, 0.6, 180)));
        if (dice.chance(0.03)) {
            LocalDate withdrawn = Days.workingFrom(accepted.plusDays(dice.between(1, 40)));
            scribe.write(
                    life, "WDR", (withdrawn.isBefore(started) ? withdrawn : started).atTime(dice.timeOfDay(9, 17)));
            return;
        }
        scribe.write(life, "STA", started.atTime(dice.timeOfDay(8, 16)));
        finish(life);
        if (dice.chance(0.03)) {
            LocalDate reopened = Days.workingFrom(life.lastDay().plusDays(dice.between(5, 40)));
            scribe.write(life, "REO", reopened.atTime(dice.timeOfDay(9, 17)));
            scribe.write(
                    life,
                    "STA",
                    Days.workingFrom(reopened.plusDays(dice.between(2, 20))).atTime(dice.timeOfDay(8, 16)));
            finish(life);
        }
    }

    /** From the start of the examination, or from the provider's, to the result. */
    private void finish(Life life) {
        Step last = life.lastStep();
        if (last == null) {
            return;
        }
        if (last.code().equals("STA")) {
            LocalDate examined =
                    Days.workingFrom(life.lastDay().plusDays(dice.between(0, life.type.equals("phone") ? 4 : 12)));
            if (dice.chance(0.004)) {
                scribe.write(life, "WDR", examined.atTime(dice.timeOfDay(9, 18)));
                return;
            }
            scribe.write(life, "EXA", examined.atTime(dice.timeOfDay(9, 18)));
            last = life.lastStep();
        }
        if (last != null && (last.code().equals("EXA") || last.code().equals("RTX"))) {
            LocalDate result = Days.workingFrom(
                    life.lastDay().plusDays(life.isHigh() ? dice.between(1, 4) : dice.skewed(9, 0.6, 60)));
            scribe.write(life, "RES", result.atTime(dice.timeOfDay(9, 17)));
        }
    }
}
