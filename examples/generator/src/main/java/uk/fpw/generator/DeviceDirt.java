package uk.fpw.generator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import uk.fpw.generator.record.Dirt;
import uk.fpw.generator.record.LifeStep;
import uk.fpw.generator.record.SeededRandom;

/**
 * Adds errors to the records of devices. Computers never get one that excludes them, so their calibrated counts are
 * those of clean records.
 */
record DeviceDirt(SeededRandom random, List<DeviceLife> lives) {

    private static final LocalDate UNTIL = LocalDate.of(2015, 12, 10);

    void spread() {
        Predicate<DeviceLife> notComputer = life -> !life.type.equals("computer");
        put(
                Dirt.EXAMINED_BEFORE_SUBMITTED,
                14,
                notComputer.and(life -> life.firstAt("EXA") != null && life.firstAt("REO") == null));
        put(Dirt.SEIZED_ON_MISSING, 9, notComputer);
        put(Dirt.SUBMITTED_IN_FUTURE, 4, notComputer.and(life -> life.firstAt("SUB") != null));
        put(Dirt.UNKNOWN_EVENT_CODE, 5, notComputer.and(life -> life.firstAt("SUB") != null));
        put(Dirt.UNKNOWN_DEVICE_TYPE, 6, notComputer);
        put(Dirt.PRIORITY_MISSING, 40, life -> true);
        put(Dirt.CASE_MISSING, 12, life -> true);
        put(Dirt.EVENT_TWICE, 25, life -> life.firstAt("SUB") != null);
    }

    private void put(Dirt dirt, int count, Predicate<DeviceLife> fits) {
        List<DeviceLife> candidates = lives.stream()
                .filter(life -> life.dirt == Dirt.NONE
                        && known(dirt, life) != null
                        && ForceCalendar.localDay(knownAt(dirt, life)).isBefore(UNTIL))
                .filter(fits)
                .toList();
        int put = 0;
        while (put < count) {
            DeviceLife life = random.pick(candidates);
            if (life.dirt == Dirt.NONE) {
                life.dirt = dirt;
                life.dirtKnownAt = knownAt(dirt, life);
                put++;
            }
        }
    }

    private static Instant knownAt(Dirt dirt, DeviceLife life) {
        Instant known = known(dirt, life);
        return known == null ? Instant.MAX : known;
    }

    private static @Nullable Instant known(Dirt dirt, DeviceLife life) {
        return switch (dirt) {
            case EXAMINED_BEFORE_SUBMITTED -> recorded(life, "EXA");
            case SUBMITTED_IN_FUTURE -> recorded(life, "SUB");
            case UNKNOWN_EVENT_CODE, EVENT_TWICE -> {
                Instant submitted = recorded(life, "SUB");
                yield submitted == null ? null : submitted.plusSeconds(300);
            }
            default -> life.registeredAt;
        };
    }

    private static @Nullable Instant recorded(DeviceLife life, String code) {
        for (LifeStep step : life.steps) {
            if (step.code().equals(code)) {
                return step.recordedAt();
            }
        }
        return null;
    }
}
