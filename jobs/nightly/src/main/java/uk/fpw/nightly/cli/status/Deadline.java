package uk.fpw.nightly.cli.status;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.store.ledger.Release;

/**
 * The latest deadline that has passed: the time of day by which the figures of the day before must be released.
 *
 * @param at the moment, in the force's zone. On the day of a clock change it follows the wall clock: a time that occurs
 *     twice means the first occurrence, a time that is skipped means the moment to which the clock jumps
 * @param businessDate the day before, whose figures must have been released
 */
record Deadline(ZonedDateTime at, LocalDate businessDate) {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    /** A release that readers see, or saw. */
    record Published(ReleaseId releaseId, LocalDate businessDate, Instant releasedAt) {

        static Published of(Release release) {
            return new Published(release.releaseId(), release.businessDate(), release.releasedAt());
        }
    }

    /** The last deadline that has passed, the current minute included. */
    static Deadline last(LocalTime time, ZoneId zone, Clock clock) {
        ZonedDateTime now = clock.instant().atZone(zone);
        ZonedDateTime today = now.toLocalDate().atTime(time).atZone(zone);
        ZonedDateTime at = now.isBefore(today)
                ? now.toLocalDate().minusDays(1).atTime(time).atZone(zone)
                : today;
        return new Deadline(at, at.toLocalDate().minusDays(1));
    }

    /**
     * Why it was missed; null if it was met because a release of the business date or a later one was published by
     * then.
     *
     * @param releases every release that was not withdrawn, in any order
     */
    @Nullable
    String missed(List<Published> releases) {
        List<Published> inTime = releases.stream()
                .filter(release -> !release.releasedAt().isAfter(at.toInstant()))
                .toList();
        if (inTime.stream().anyMatch(release -> !release.businessDate().isBefore(businessDate))) {
            return null;
        }
        Published late = releases.stream()
                .filter(release -> !release.businessDate().isBefore(businessDate))
                .min(Comparator.comparing(Published::releasedAt))
                .orElse(null);
        String wanted =
                "no release of " + businessDate + " was published by " + MINUTE.format(at) + " (" + at.getZone() + ")";
        if (late != null) {
            return wanted + ": release " + late.releaseId() + " was published at " + shown(late.releasedAt());
        }
        Published last = inTime.stream()
                .max(Comparator.comparing(Published::businessDate))
                .orElse(null);
        return wanted
                + (last == null
                        ? ", and none before"
                        : "; readers see " + last.releaseId() + ", data as at " + last.businessDate());
    }

    private String shown(Instant instant) {
        return MINUTE.format(instant.atZone(at.getZone()));
    }
}
