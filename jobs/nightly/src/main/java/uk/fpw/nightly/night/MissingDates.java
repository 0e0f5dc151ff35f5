package uk.fpw.nightly.night;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.ledger.NightLedger;
import uk.fpw.warehouse.ledger.Release;
import uk.fpw.warehouse.ledger.Releases;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;

/** Which dates of a range are still to be run. */
public final class MissingDates {

    private MissingDates() {}

    /**
     * What would happen to a date if it were run now.
     *
     * @param releaseId latest release of the date, so that it is not run again; null if it has none
     * @param barredBy later known date, because of which it can no longer be run; null if it can be run,
     *     or it has a release
     */
    public record PlannedRun(
            LocalDate date,
            @Nullable String releaseId,
            @Nullable LocalDate barredBy) {

        /** Whether the date would be run. */
        public boolean isMissing() {
            return releaseId == null && barredBy == null;
        }
    }

    /** Every date of the row, in order. */
    public static List<PlannedRun> plannedRuns(LocalDate first, LocalDate last, HikariDataSource dataSource) {
        Map<LocalDate, String> released = new Releases(dataSource)
                .listValid().stream()
                        .collect(Collectors.toMap(Release::businessDate, Release::releaseId, MissingDates::laterOf));
        LocalDate known = new NightLedger(dataSource, Clock.systemUTC()).latestBusinessDate();
        return first.datesUntil(last.plusDays(1))
                .map(date -> new PlannedRun(
                        date,
                        released.get(date),
                        known != null && date.isBefore(known) && !released.containsKey(date) ? known : null))
                .toList();
    }

    /** The same where there is no warehouse yet. */
    public static List<PlannedRun> plannedRuns(LocalDate first, LocalDate last) {
        return first.datesUntil(last.plusDays(1))
                .map(date -> new PlannedRun(date, null, null))
                .toList();
    }

    /**
     * The dates without a release, in order.
     *
     * @throws FpwException with {@code CONFIGURATION} if one of them can no longer be run, since a later date is known
     */
    public static List<LocalDate> between(LocalDate first, LocalDate last, HikariDataSource dataSource) {
        List<PlannedRun> row = plannedRuns(first, last, dataSource);
        for (PlannedRun night : row) {
            LocalDate known = night.barredBy();
            if (known != null) {
                throw new FpwException(
                        ExitCode.CONFIGURATION,
                        "the run of " + night.date()
                                + " is missing and can no longer be run: the last business date of the warehouse is "
                                + known + ", and business dates must not decrease. Start with --from "
                                + remedy(known, row));
            }
        }
        return row.stream().filter(PlannedRun::isMissing).map(PlannedRun::date).toList();
    }

    private static LocalDate remedy(LocalDate known, List<PlannedRun> row) {
        return row.stream().anyMatch(night -> night.date().equals(known) && night.releaseId() != null)
                ? known.plusDays(1)
                : known;
    }

    private static String laterOf(String one, String other) {
        return number(one) > number(other) ? one : other;
    }

    private static int number(String releaseId) {
        return Integer.parseInt(releaseId.substring(releaseId.lastIndexOf('.') + 1));
    }

    /**
     * Rejects a run whose date does not follow the known dates of the warehouse.
     *
     * @throws FpwException with {@code CONFIGURATION} if a later date is known, or if the date is so far after the last
     *     one that it must be confirmed
     */
    public static void requireDate(Force force, RunRequest night, HikariDataSource dataSource) {
        BusinessDateCheck.require(force, night, new NightLedger(dataSource, Clock.systemUTC()).latestBusinessDate());
    }

    /** The same where nothing has been loaded yet. */
    public static void requireDate(Force force, RunRequest night) {
        BusinessDateCheck.require(force, night, null);
    }
}
