package uk.fpw.generator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.generator.record.LifeStep;
import uk.fpw.generator.record.SeededRandom;

/**
 * The cases of one replica: those with devices, which come from some of the seizures, those without devices, and the
 * two in which nothing was recorded for eight months.
 */
final class CaseLives {

    /** Eight months old at the review in August 2015, and corrected after it. */
    static final String SPECIAL_2014 = "C14-S1";

    /** Eight months old at the end of 2015. */
    static final String SPECIAL_2015 = "C15-S2";

    private static final double SHARE_WITH_CASE = 0.3;
    private static final double EXPLOITATION_SHARE = 0.06;

    private record Action(String code, String event, LocalDateTime at) {}

    private final SeededRandom random;
    private final DeviceEventWriter events;
    private final String prefix;
    private final List<CaseLife> cases = new ArrayList<>();

    private CaseLives(long seed, int replica) {
        this.random = new SeededRandom(seed, replica, "cases");
        this.events = new DeviceEventWriter(new SeededRandom(seed, replica, "records of cases"));
        this.prefix = replica == 0 ? "" : replica + "-";
    }

    static List<CaseLife> of(long seed, int replica, List<DeviceLife> devices) {
        CaseLives all = new CaseLives(seed, replica);
        Map<String, List<DeviceLife>> byCase = new TreeMap<>();
        devices.forEach(life ->
                byCase.computeIfAbsent(life.caseRef, ref -> new ArrayList<>()).add(life));
        all.special(SPECIAL_2014, LocalDate.of(2014, 12, 8), LocalDate.of(2014, 12, 10), LocalDate.of(2015, 9, 10));
        all.special(SPECIAL_2015, LocalDate.of(2015, 4, 21), LocalDate.of(2015, 4, 23), null);
        byCase.forEach((ref, lives) -> {
            boolean isRegular = lives.stream().allMatch(life -> life.ref.startsWith(all.prefix + "X"));
            if (isRegular && all.random.chance(SHARE_WITH_CASE)) {
                all.withDevices(ref, lives);
            }
        });
        int number = 0;
        for (LocalDate day = DeviceLives.WARM_UP; !day.isAfter(SyntheticForce.LAST_DAY); day = day.plusDays(1)) {
            int count = all.random.poisson(0.6);
            for (int i = 0; i < count; i++) {
                all.withoutDevices(String.format("%sN%02d-%05d", all.prefix, day.getYear() % 100, ++number), day);
            }
        }
        all.dirty();
        return all.cases.stream()
                .filter(life ->
                        life.closedAt == null || !life.closedAt.toLocalDate().isBefore(SyntheticForce.FIRST_DAY))
                .sorted(Comparator.comparing((CaseLife life) -> life.awareAt).thenComparing(life -> life.ref))
                .toList();
    }

    private void special(String ref, LocalDate aware, LocalDate seized, @Nullable LocalDate putRight) {
        List<Action> actions = new ArrayList<>();
        actions.add(new Action("DEVS", "devices_seized", seized.atTime(17, 20)));
        if (putRight != null) {
            actions.add(new Action("SAFE", "safeguarded", putRight.atTime(11, 5)));
            actions.add(new Action("INTV", "interviewed", putRight.plusDays(1).atTime(10, 40)));
            actions.add(
                    new Action("DEVA", "devices_analysed", putRight.plusDays(20).atTime(15, 0)));
        }
        add(
                new CaseLife(
                        prefix + ref,
                        "child_protection",
                        aware.atTime(9, 45),
                        ForceCalendar.instant(aware.atTime(10, 5))),
                actions);
    }

    private void withDevices(String ref, List<DeviceLife> devices) {
        LocalDate seized = devices.stream()
                .map(life -> life.seizedOn)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        LocalDateTime aware = seized.minusDays(random.between(0, 10)).atTime(random.timeOfDay(2, 6));
        List<Action> actions = usual(aware);
        actions.add(new Action("DEVS", "devices_seized", seized.atTime(random.timeOfDay(18, 22))));
        if (devices.stream().allMatch(DeviceLife::isFinished)) {
            LocalDate last = devices.stream()
                    .map(DeviceLife::lastDay)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            actions.add(new Action(
                    "DEVA",
                    "devices_analysed",
                    ForceCalendar.workingFrom(last.plusDays(1)).atTime(random.timeOfDay(9, 17))));
        }
        add(life(ref, aware), actions);
    }

    private void withoutDevices(String ref, LocalDate day) {
        LocalDateTime aware = day.atTime(random.timeOfDay(2, 23));
        List<Action> actions = usual(aware);
        actions.add(new Action("DEVN", "no_devices", office(day.plusDays(random.between(0, 5)), aware)));
        add(life(ref, aware), actions);
    }

    private CaseLife life(String ref, LocalDateTime aware) {
        String type = random.chance(EXPLOITATION_SHARE) ? "exploitation" : "child_protection";
        return new CaseLife(ref, type, aware, events.recordedAt(aware, null));
    }

    /** Interview and safeguarding, or a record that neither is needed, within four months at most. */
    private List<Action> usual(LocalDateTime aware) {
        List<Action> actions = new ArrayList<>();
        LocalDate day = aware.toLocalDate();
        if (random.chance(0.12)) {
            actions.add(new Action("INTN", "interview_not_needed", office(day.plusDays(random.between(1, 10)), aware)));
        } else {
            actions.add(new Action("INTV", "interviewed", office(day.plusDays(random.skewed(9, 0.9, 120)), aware)));
        }
        if (random.chance(0.2)) {
            actions.add(
                    new Action("SAFN", "safeguarding_not_needed", office(day.plusDays(random.between(0, 7)), aware)));
        } else {
            actions.add(new Action("SAFE", "safeguarded", office(day.plusDays(random.skewed(4, 1.0, 100)), aware)));
        }
        return actions;
    }

    private LocalDateTime office(LocalDate day, LocalDateTime after) {
        LocalDateTime at = ForceCalendar.workingFrom(day).atTime(random.timeOfDay(9, 18));
        return at.isAfter(after) ? at : after.plusMinutes(random.between(20, 200));
    }

    private void add(CaseLife life, List<Action> actions) {
        actions.sort(Comparator.comparing(Action::at).thenComparing(Action::code));
        Instant previous = life.registeredAt;
        boolean analysed = false;
        for (Action action : actions) {
            previous = events.recordedAt(action.at(), previous);
            life.actions.add(new LifeStep(action.code(), action.event(), action.at(), previous, null));
            analysed |= action.code().equals("DEVA") || action.code().equals("DEVN");
        }
        if (analysed) {
            LocalDate last = actions.get(actions.size() - 1).at().toLocalDate();
            LocalDateTime closed = ForceCalendar.workingFrom(last.plusDays(1 + random.skewed(20, 0.7, 80)))
                    .atTime(random.timeOfDay(9, 17));
            life.closedAt = closed;
            life.closingRecordedAt = events.recordedAt(closed, previous);
        }
        cases.add(life);
    }

    private void dirty() {
        int missing = 0;
        int ahead = 0;
        while (missing < 6 || ahead < 5) {
            CaseLife life = random.pick(cases.subList(2, cases.size()));
            boolean isOld = life.awareAt.getYear() == 2013 || life.awareAt.getYear() == 2014;
            if (!isOld || life.isTypeMissing || life.isActionInFuture) {
                continue;
            }
            if (missing < 6) {
                life.isTypeMissing = true;
                missing++;
            } else {
                life.isActionInFuture = true;
                ahead++;
            }
        }
    }
}
