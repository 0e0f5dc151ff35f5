package uk.fpw.generator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import uk.fpw.generator.record.LifeStep;
import uk.fpw.generator.record.SeededRandom;

/**
 * Records what happens to devices: usually within the hour, sometimes days later, but always in the order in which it
 * happened.
 */
record DeviceEventWriter(SeededRandom random) {

    /** Cases that were open when the system started were copied from paper on its first day. */
    static final Instant TAKEN_OVER_AT = ForceCalendar.instant(LocalDateTime.of(2013, 1, 1, 0, 30));

    private static final double LATE_SHARE = 0.03;

    /** When an event is recorded: after everything recorded before it. */
    Instant recordedAt(LocalDateTime at, @Nullable Instant previous) {
        Instant soon = ForceCalendar.instant(at.plusSeconds(random.between(60, 1500)));
        if (random.chance(LATE_SHARE)) {
            LocalDate day = ForceCalendar.workingFrom(at.toLocalDate().plusDays(random.between(1, 5)));
            soon = ForceCalendar.instant(day.atTime(random.timeOfDay(9, 17)));
        }
        Instant from = soon.isBefore(TAKEN_OVER_AT) ? TAKEN_OVER_AT : soon;
        return previous == null || from.isAfter(previous) ? from : previous.plusSeconds(1);
    }

    void write(DeviceLife life, String code, LocalDateTime at) {
        write(life, code, at, null);
    }

    void write(DeviceLife life, String code, LocalDateTime at, @Nullable String note) {
        LifeStep last = life.lastStep();
        LocalDateTime after = last == null ? life.seizedOn.atStartOfDay() : last.at();
        LocalDateTime happened = at.isAfter(after) ? at : after.plusMinutes(1);
        life.steps.add(
                new LifeStep(code, event(code, life), happened, recordedAt(happened, life.lastRecordedAt()), note));
    }

    private static String event(String code, DeviceLife life) {
        return switch (code) {
            case "SUB" -> "submitted";
            case "ACC" -> "accepted";
            case "REJ" -> "rejected";
            case "STA" -> "started";
            case "EXA" -> "examined";
            case "OUT" -> "outsourced";
            case "RTX" -> "returned_examined";
            case "RTU" -> "returned_unexamined";
            case "RES" -> "result_given";
            case "REO" -> "reopened";
            case "WDR" -> "withdrawn_" + stage(life);
            default -> throw new IllegalArgumentException("no step " + code);
        };
    }

    /** The stage of a device after its steps so far, as used in the names of withdrawal events. */
    private static String stage(DeviceLife life) {
        LifeStep last = life.lastStep();
        return switch (last == null ? "" : last.code()) {
            case "" -> "unsubmitted";
            case "SUB" -> "unaccepted";
            case "ACC", "REO", "RTU", "OUT" -> "unexamined";
            case "STA" -> "unfinished";
            case "EXA", "RTX" -> "unreported";
            default -> throw new IllegalStateException(life.ref + " cannot be withdrawn");
        };
    }
}
