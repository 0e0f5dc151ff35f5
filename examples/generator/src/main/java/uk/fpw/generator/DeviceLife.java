package uk.fpw.generator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.generator.record.Dirt;
import uk.fpw.generator.record.LifeStep;

/** The true life of one device, and when the system learned of each part. */
final class DeviceLife {

    private static final int RAISED_AFTER_DAYS = 60;

    final String ref;
    final String caseRef;

    /** {@code computer}, {@code phone}, {@code tablet}, {@code storage}. */
    final String type;

    /** {@code high} or {@code normal}. */
    final String priority;

    final LocalDate seizedOn;
    final Instant registeredAt;
    final List<LifeStep> steps = new ArrayList<>();

    /** The error of the recorded data; {@link Dirt#NONE} if it is correct. */
    Dirt dirt = Dirt.NONE;

    /** When the system recorded it; null if never. */
    @Nullable
    Instant dirtKnownAt;

    /** When {@link #dirt} is corrected; null if never. */
    @Nullable
    Instant correctedAt;

    /** When its status was set to archived, which changes no figure. */
    @Nullable
    Instant archivedAt;

    @Nullable
    Instant deletedAt;

    @Nullable
    Instant reinsertedAt;

    /** Later number of the device, from {@link #rekeyedAt}. */
    @Nullable
    String newRef;

    @Nullable
    Instant rekeyedAt;

    DeviceLife(String ref, String caseRef, String type, String priority, LocalDate seizedOn, Instant registeredAt) {
        this.ref = ref;
        this.caseRef = caseRef;
        this.type = type;
        this.priority = priority;
        this.seizedOn = seizedOn;
        this.registeredAt = registeredAt;
    }

    /**
     * When a device that had waited for long was given a high priority, in local time; null if it never was. This
     * happens to one in three of those that were not started within {@link #RAISED_AFTER_DAYS} days and never came
     * back.
     */
    @Nullable
    LocalDateTime raisedAt() {
        LocalDateTime accepted = firstAt("ACC");
        if (isHigh() || accepted == null || ref.hashCode() % 3 != 0 || firstAt("REO") != null) {
            return null;
        }
        LocalDateTime raised =
                accepted.toLocalDate().plusDays(RAISED_AFTER_DAYS).atTime(10, 0);
        return steps.stream()
                        .anyMatch(
                                step -> step.at().isAfter(accepted) && step.at().isBefore(raised))
                ? null
                : raised;
    }

    boolean isHigh() {
        return priority.equals("high");
    }

    @Nullable
    LifeStep lastStep() {
        return steps.isEmpty() ? null : steps.get(steps.size() - 1);
    }

    /** Last day on which anything happened. */
    LocalDate lastDay() {
        LifeStep last = lastStep();
        return last == null ? seizedOn : last.at().toLocalDate();
    }

    boolean isFinished() {
        LifeStep last = lastStep();
        return last != null
                && (last.code().equals("RES")
                        || last.code().equals("REJ")
                        || last.code().equals("WDR"));
    }

    /** When a step first happened; null if it never did. */
    @Nullable
    LocalDateTime firstAt(String code) {
        for (LifeStep step : steps) {
            if (step.code().equals(code)) {
                return step.at();
            }
        }
        return null;
    }

    Instant lastRecordedAt() {
        LifeStep last = lastStep();
        return last == null ? registeredAt : last.recordedAt();
    }

    /** Whether the recorded data has an error, as known before a moment. */
    boolean isDirty(Instant end) {
        return dirtKnownAt != null && dirtKnownAt.isBefore(end) && (correctedAt == null || !correctedAt.isBefore(end));
    }

    /** Whether the system contains the device, as known before a moment. */
    boolean isHeld(Instant end) {
        boolean back = reinsertedAt != null && reinsertedAt.isBefore(end);
        return registeredAt.isBefore(end) && (back || deletedAt == null || !deletedAt.isBefore(end));
    }

    /** Its number as known before a moment. */
    String refBefore(Instant end) {
        return newRef != null && rekeyedAt != null && rekeyedAt.isBefore(end) ? newRef : ref;
    }
}
