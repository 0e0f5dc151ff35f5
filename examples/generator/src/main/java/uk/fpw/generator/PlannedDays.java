package uk.fpw.generator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import uk.fpw.generator.record.Dirt;
import uk.fpw.generator.record.LifeStep;

/**
 * The planned changes on the dates of the demonstration, in addition to the simulated ones. 30 December 2015: five late
 * devices, 100 exhibits archived, one deleted. 31 December: four late devices, 20 duplicates deleted, the one deleted
 * yesterday is back, one gets another number, three impossible dates are corrected.
 */
final class PlannedDays {

    static final LocalDate FIRST = LocalDate.of(2015, 12, 30);
    static final LocalDate SECOND = LocalDate.of(2015, 12, 31);

    private final String prefix;
    private final DeviceEventWriter events;
    private final List<DeviceLife> lives;
    private final List<DeviceLife> added = new ArrayList<>();

    PlannedDays(int replica, DeviceEventWriter events, List<DeviceLife> lives) {
        this.prefix = replica == 0 ? "" : replica + "-";
        this.events = events;
        this.lives = lives;
    }

    /** Plans the changes of existing lives, and returns the lives to be added. */
    List<DeviceLife> plan() {
        neverSubmitted(CaseLives.SPECIAL_2014, LocalDate.of(2014, 12, 10), LocalDate.of(2015, 9, 14));
        neverSubmitted(CaseLives.SPECIAL_2015, LocalDate.of(2015, 4, 23), null);
        late(1, "computer", LocalDate.of(2015, 12, 8), FIRST);
        late(2, "computer", LocalDate.of(2015, 12, 9), FIRST);
        late(3, "computer", LocalDate.of(2015, 12, 10), FIRST);
        late(4, "phone", LocalDate.of(2015, 12, 10), FIRST);
        late(5, "phone", LocalDate.of(2015, 12, 11), FIRST);
        late(6, "computer", LocalDate.of(2015, 12, 14), SECOND);
        late(7, "computer", LocalDate.of(2015, 12, 15), SECOND);
        late(8, "phone", LocalDate.of(2015, 12, 15), SECOND);
        late(9, "tablet", LocalDate.of(2015, 12, 16), SECOND);
        for (int i = 1; i <= 20; i++) {
            duplicate(i);
        }
        Predicate<DeviceLife> untouched = life -> life.dirt == Dirt.NONE;
        int archived = 0;
        for (DeviceLife life : chosen(
                100, untouched.and(life -> life.isFinished() && life.lastDay().isBefore(LocalDate.of(2014, 6, 1))))) {
            life.archivedAt = moment(FIRST, 19, archived++);
        }
        for (DeviceLife life : chosen(
                1,
                untouched.and(life -> life.archivedAt == null
                        && life.type.equals("phone")
                        && life.isFinished()
                        && life.lastDay().isBefore(LocalDate.of(2015, 6, 1))))) {
            life.deletedAt = moment(FIRST, 11, 0);
            life.reinsertedAt = moment(SECOND, 9, 30);
        }
        for (DeviceLife life : chosen(1, untouched.and(this::waitsAtYearEnd))) {
            life.newRef = life.ref + "A";
            life.rekeyedAt = moment(SECOND, 10, 0);
        }
        int corrected = 0;
        for (DeviceLife life : chosen(3, life -> life.dirt == Dirt.EXAMINED_BEFORE_SUBMITTED)) {
            life.correctedAt = moment(SECOND, 15, corrected++);
        }
        return added;
    }

    private List<DeviceLife> chosen(int count, Predicate<DeviceLife> fits) {
        List<DeviceLife> chosen = lives.stream().filter(fits).limit(count).toList();
        if (chosen.size() < count) {
            throw new IllegalStateException("the plan needs " + count + " devices and finds " + chosen.size());
        }
        return chosen;
    }

    /** Whether it is a phone that is accepted and has nothing recorded in the last days of the year. */
    private boolean waitsAtYearEnd(DeviceLife life) {
        LifeStep last = null;
        for (LifeStep step : life.steps) {
            if (!ForceCalendar.localDay(step.recordedAt()).isAfter(SECOND)) {
                last = step;
            }
        }
        return life.type.equals("phone")
                && last != null
                && last.code().equals("ACC")
                && ForceCalendar.localDay(last.recordedAt()).isBefore(FIRST);
    }

    private void neverSubmitted(String caseRef, LocalDate seizedOn, @Nullable LocalDate submittedOn) {
        for (String type : List.of("computer", "phone")) {
            DeviceLife life = new DeviceLife(
                    prefix + "S" + seizedOn.getYear() % 100 + "-" + type.charAt(0),
                    prefix + caseRef,
                    type,
                    "normal",
                    seizedOn,
                    moment(seizedOn, 16, type.charAt(0)));
            if (submittedOn != null) {
                events.write(life, "SUB", submittedOn.atTime(10, 15));
                events.write(life, "ACC", submittedOn.atTime(15, 15));
                events.write(life, "STA", submittedOn.plusDays(2).atTime(9, 15));
                events.write(life, "EXA", submittedOn.plusDays(8).atTime(14, 15));
                events.write(life, "RES", submittedOn.plusDays(15).atTime(11, 15));
            }
            added.add(life);
        }
    }

    /** A device whose forms were found only weeks after it was accepted. */
    private void late(int number, String type, LocalDate acceptedOn, LocalDate foundOn) {
        DeviceLife life = new DeviceLife(
                prefix + "L15-" + number,
                prefix + "C15-L" + number,
                type,
                "normal",
                acceptedOn.minusDays(6),
                moment(foundOn, 14, number * 60));
        life.steps.add(new LifeStep(
                "SUB",
                "submitted",
                acceptedOn.minusDays(1).atTime(11, 5),
                moment(foundOn, 14, number * 60 + 10),
                null));
        life.steps.add(
                new LifeStep("ACC", "accepted", acceptedOn.atTime(10, 5), moment(foundOn, 14, number * 60 + 20), null));
        added.add(life);
    }

    /** A phone that an import registered twice, and that is deleted again. */
    private void duplicate(int number) {
        LocalDate day = LocalDate.of(2015, 12, 17);
        DeviceLife life = new DeviceLife(
                prefix + "D15-" + number,
                prefix + "C15-D" + number,
                "phone",
                "normal",
                day,
                moment(day, 18, number * 60));
        life.steps.add(new LifeStep(
                "SUB", "submitted", day.plusDays(1).atTime(9, number), moment(day.plusDays(1), 18, number * 60), null));
        life.deletedAt = moment(SECOND, 18, number);
        added.add(life);
    }

    private static Instant moment(LocalDate day, int hour, int second) {
        return ForceCalendar.instant(day.atTime(hour, 0).plusSeconds(second));
    }
}
