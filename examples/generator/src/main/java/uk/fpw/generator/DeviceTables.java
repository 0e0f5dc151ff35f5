package uk.fpw.generator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.fpw.generator.SourceTable.Stamps;
import uk.fpw.generator.record.Dirt;
import uk.fpw.generator.record.LifeStep;
import uk.fpw.generator.record.RecordVersion;
import uk.fpw.generator.record.SourceRecord;

/** The data of the digital forensics system: its register of exhibits, and the log of what happened to them. */
final class DeviceTables {

    /** Range of log line numbers for each device. */
    private static final int LINES_A_DEVICE = 64;

    private static final int DEVICES_A_REPLICA = 1_000_000;

    final SourceTable exhibits = new SourceTable(
            "exhibits",
            "dfu.exhibit",
            Stamps.SEQUENCE,
            "exhibit_ref varchar(40)",
            "case_ref varchar(40)",
            "device_type varchar(20)",
            "priority varchar(20)",
            "seized_on date",
            "submitted_at timestamp",
            "accepted_at timestamp",
            "started_at timestamp",
            "examined_at timestamp",
            "result_at timestamp",
            "outsourced_at timestamp",
            "provider varchar(40)",
            "returned_at timestamp",
            "return_reason varchar(40)",
            "withdrawn_at timestamp",
            "status varchar(3)");

    final SourceTable log = new SourceTable(
            "exhibit_events",
            "dfu.exhibit_event",
            Stamps.SEQUENCE,
            "event_id bigint",
            "exhibit_ref varchar(40)",
            "event_code varchar(3)",
            "status_from varchar(3)",
            "happened_at timestamp",
            "provider varchar(40)",
            "return_reason varchar(40)");

    final SourceTable priorities = new SourceTable(
            "exhibit_priorities",
            "dfu.exhibit_priority",
            Stamps.SEQUENCE,
            "priority_id bigint",
            "exhibit_ref varchar(40)",
            "priority varchar(20)",
            "valid_from timestamp");

    private final int replica;

    DeviceTables(int replica, List<DeviceLife> lives) {
        this.replica = replica;
        for (int i = 0; i < lives.size(); i++) {
            register(lives.get(i));
            log(lives.get(i), i);
            priorities(lives.get(i), i);
        }
    }

    private void register(DeviceLife life) {
        TreeSet<Instant> moments = new TreeSet<>();
        moments.add(life.registeredAt);
        life.steps.forEach(step -> moments.add(step.recordedAt()));
        Instant raised = raisedAt(life);
        if (raised != null) {
            moments.add(raised);
        }
        for (Instant moment :
                Arrays.asList(life.correctedAt, life.archivedAt, life.deletedAt, life.reinsertedAt, life.rekeyedAt)) {
            if (moment != null) {
                moments.add(moment);
            }
        }
        SourceRecord row = new SourceRecord(life.ref);
        SourceRecord renamed = new SourceRecord(life.newRef == null ? life.ref : life.newRef);
        for (Instant moment : moments) {
            Instant end = moment.plusNanos(1);
            boolean moved = life.rekeyedAt != null && !moment.isBefore(life.rekeyedAt);
            if (!moved || moment.equals(life.rekeyedAt)) {
                row.add(new RecordVersion(
                        moment, reportedOn(life, end), moved || !life.isHeld(end), exhibit(life, life.ref, end)));
            }
            if (moved) {
                renamed.add(new RecordVersion(
                        moment, reportedOn(life, end), !life.isHeld(end), exhibit(life, renamed.key, end)));
            }
        }
        exhibits.rows.add(row);
        if (!renamed.versions.isEmpty()) {
            exhibits.rows.add(renamed);
        }
    }

    private static LocalDate reportedOn(DeviceLife life, Instant end) {
        LifeStep last = lastKnown(life, end);
        return last == null ? life.seizedOn : last.at().toLocalDate();
    }

    private static @Nullable LifeStep lastKnown(DeviceLife life, Instant end) {
        LifeStep last = null;
        for (LifeStep step : life.steps) {
            if (step.recordedAt().isBefore(end)) {
                last = step;
            }
        }
        return last;
    }

    private static List<@Nullable Object> exhibit(DeviceLife life, String ref, Instant end) {
        boolean dirty = life.isDirty(end);
        LifeStep returned = known(life, end, "RTX") == null ? known(life, end, "RTU") : known(life, end, "RTX");
        LifeStep outsourced = known(life, end, "OUT");
        String status = life.archivedAt != null && life.archivedAt.isBefore(end) ? "ARC" : status(lastKnown(life, end));
        return Arrays.asList(
                ref,
                dirty && life.dirt == Dirt.CASE_MISSING ? null : life.caseRef,
                dirty && life.dirt == Dirt.UNKNOWN_DEVICE_TYPE ? "X9" : life.type,
                dirty && life.dirt == Dirt.PRIORITY_MISSING ? null : isRaised(life, end) ? "high" : life.priority,
                dirty && life.dirt == Dirt.SEIZED_ON_MISSING ? null : life.seizedOn,
                at(life, known(life, end, "SUB"), dirty),
                at(life, known(life, end, "ACC"), dirty),
                at(life, known(life, end, "STA"), dirty),
                at(life, known(life, end, "EXA"), dirty),
                at(life, known(life, end, "RES"), dirty),
                at(life, outsourced, dirty),
                outsourced == null ? null : outsourced.note(),
                at(life, returned, dirty),
                returned == null ? null : returned.note(),
                at(life, known(life, end, "WDR"), dirty),
                status);
    }

    private static @Nullable LifeStep known(DeviceLife life, Instant end, String code) {
        LifeStep last = null;
        for (LifeStep step : life.steps) {
            if (step.code().equals(code) && step.recordedAt().isBefore(end)) {
                last = step;
            }
        }
        return last;
    }

    /** The time of a step as the system recorded it. */
    private static @Nullable LocalDateTime at(DeviceLife life, @Nullable LifeStep step, boolean dirty) {
        if (step == null) {
            return null;
        }
        if (dirty && life.dirt == Dirt.EXAMINED_BEFORE_SUBMITTED && step.code().equals("EXA")) {
            return step.at().minusYears(1);
        }
        if (dirty && life.dirt == Dirt.SUBMITTED_IN_FUTURE && step.code().equals("SUB")) {
            return step.at().plusYears(90);
        }
        return step.at();
    }

    private static String status(@Nullable LifeStep last) {
        if (last == null) {
            return "SEI";
        }
        return switch (last.code()) {
            case "REO", "RTU" -> "ACC";
            case "RTX" -> "EXA";
            default -> last.code();
        };
    }

    /** When the system learned of the high priority of a device; null if it never did. */
    private static @Nullable Instant raisedAt(DeviceLife life) {
        LocalDateTime raised = life.raisedAt();
        return raised == null ? null : ForceCalendar.instant(raised.plusMinutes(5));
    }

    private static boolean isRaised(DeviceLife life, Instant end) {
        Instant raised = raisedAt(life);
        return raised != null && raised.isBefore(end);
    }

    private void priorities(DeviceLife life, int index) {
        long id = 2 * ((long) replica * DEVICES_A_REPLICA + index) + 1;
        priority(life, id, life.priority, life.seizedOn.atStartOfDay(), life.registeredAt);
        LocalDateTime raised = life.raisedAt();
        if (raised != null) {
            priority(life, id + 1, "high", raised, Objects.requireNonNull(raisedAt(life)));
        }
    }

    private void priority(DeviceLife life, long id, String priority, LocalDateTime validFrom, Instant recordedAt) {
        SourceRecord row = new SourceRecord(String.format("%019d", id));
        for (Instant moment : later(
                recordedAt, life.dirtKnownAt, life.correctedAt, life.deletedAt, life.reinsertedAt, life.rekeyedAt)) {
            Instant end = moment.plusNanos(1);
            boolean isMissing = life.isDirty(end) && life.dirt == Dirt.PRIORITY_MISSING;
            row.add(new RecordVersion(
                    moment,
                    validFrom.toLocalDate(),
                    !life.isHeld(end),
                    Arrays.asList(id, life.refBefore(end), isMissing ? null : priority, validFrom)));
        }
        priorities.rows.add(row);
    }

    /** A moment, and those of the others that are later. */
    private static SortedSet<Instant> later(Instant first, @Nullable Instant... others) {
        TreeSet<Instant> moments = new TreeSet<>(List.of(first));
        for (Instant other : others) {
            if (other != null && other.isAfter(first)) {
                moments.add(other);
            }
        }
        return moments;
    }

    private void log(DeviceLife life, int index) {
        for (int i = 0; i < life.steps.size(); i++) {
            line(life, index, i, life.steps.get(i), i == 0 ? "SEI" : status(life.steps.get(i - 1)));
        }
        Instant known = life.dirtKnownAt;
        if (life.dirt == Dirt.EVENT_TWICE && known != null) {
            LifeStep first = life.steps.get(0);
            line(
                    life,
                    index,
                    LINES_A_DEVICE - 1,
                    new LifeStep(first.code(), first.event(), first.at(), known, first.note()),
                    "SEI");
        }
        if (life.dirt == Dirt.UNKNOWN_EVENT_CODE && known != null) {
            LocalDateTime at = life.steps.get(0).at().plusMinutes(2);
            line(life, index, LINES_A_DEVICE - 1, new LifeStep("QQ", "", at, known, null), "SUB");
        }
    }

    private void line(DeviceLife life, int index, int place, LifeStep step, String statusFrom) {
        long id = ((long) replica * DEVICES_A_REPLICA + index) * LINES_A_DEVICE + place + 1;
        boolean isWrong = !step.at().equals(at(life, step, true));
        SourceRecord row = new SourceRecord(String.format("%019d", id));
        for (Instant moment : later(
                step.recordedAt(),
                isWrong ? life.correctedAt : null,
                life.deletedAt,
                life.reinsertedAt,
                life.rekeyedAt)) {
            Instant end = moment.plusNanos(1);
            List<@Nullable Object> values = Arrays.asList(
                    id,
                    life.refBefore(end),
                    step.code(),
                    statusFrom,
                    at(life, step, life.isDirty(end)),
                    step.code().equals("OUT") ? step.note() : null,
                    step.code().equals("RTU") ? step.note() : null);
            row.add(new RecordVersion(moment, step.at().toLocalDate(), !life.isHeld(end), values));
        }
        log.rows.add(row);
    }
}
