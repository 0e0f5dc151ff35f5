package uk.fpw.nightly.run;

import static java.util.Comparator.naturalOrder;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.RunLedger;

/** Which dates of a range are still to be run. */
public final class MissingDates {

    private MissingDates() {}

    /**
     * What would happen to a date if it were run now.
     *
     * @param releaseId latest release of the date, which is not run again; null if it has none
     * @param blockedBy last business date of the warehouse, if it is later and so rules this date out; null otherwise,
     *     or if the date has a release
     */
    public record PlannedRun(
            LocalDate date,
            @Nullable ReleaseId releaseId,
            @Nullable LocalDate blockedBy) {

        /** Whether the date would be run. */
        public boolean isMissing() {
            return releaseId == null && blockedBy == null;
        }
    }

    /** Every date of the range, in order. */
    public static List<PlannedRun> plannedRuns(LocalDate first, LocalDate last, HikariDataSource dataSource) {
        Map<LocalDate, ReleaseId> released = new Releases(dataSource)
                .listValid().stream()
                        .collect(Collectors.toMap(
                                Release::businessDate, Release::releaseId, BinaryOperator.maxBy(naturalOrder())));
        LocalDate known = new RunLedger(dataSource, Clock.systemUTC()).latestBusinessDate();
        return first.datesUntil(last.plusDays(1))
                .map(date -> new PlannedRun(
                        date,
                        released.get(date),
                        known != null && date.isBefore(known) && !released.containsKey(date) ? known : null))
                .toList();
    }

    /** The same for a warehouse that does not exist yet. */
    public static List<PlannedRun> plannedRuns(LocalDate first, LocalDate last) {
        return first.datesUntil(last.plusDays(1))
                .map(date -> new PlannedRun(date, null, null))
                .toList();
    }

    /**
     * The dates without a release, in order.
     *
     * @throws FpwException with {@code CONFIGURATION} if one of them can no longer be run, since the warehouse has a
     *     later date
     */
    public static List<LocalDate> between(LocalDate first, LocalDate last, HikariDataSource dataSource) {
        List<PlannedRun> row = plannedRuns(first, last, dataSource);
        for (PlannedRun planned : row) {
            LocalDate known = planned.blockedBy();
            if (known != null) {
                throw FpwException.configuration("the run of " + planned.date()
                        + " is missing and can no longer be run: the last business date of the warehouse is "
                        + known + ", and business dates must not decrease. Start with --from "
                        + remedy(known, row));
            }
        }
        return row.stream().filter(PlannedRun::isMissing).map(PlannedRun::date).toList();
    }

    private static LocalDate remedy(LocalDate known, List<PlannedRun> row) {
        return row.stream().anyMatch(planned -> planned.date().equals(known) && planned.releaseId() != null)
                ? known.plusDays(1)
                : known;
    }

    /**
     * Rejects a run whose date does not follow the dates of the warehouse.
     *
     * @throws FpwException with {@code CONFIGURATION} if the warehouse has a later date, or if the date is so far after
     *     its last one that it must be confirmed
     */
    public static void requireDate(Force force, RunRequest request, HikariDataSource dataSource) {
        BusinessDateCheck.require(force, request, new RunLedger(dataSource, Clock.systemUTC()).latestBusinessDate());
    }

    /** The same for a warehouse without loads. */
    public static void requireDate(Force force, RunRequest request) {
        BusinessDateCheck.require(force, request, null);
    }
}
