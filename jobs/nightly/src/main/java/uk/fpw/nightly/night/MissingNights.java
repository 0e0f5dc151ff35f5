package uk.fpw.nightly.night;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uk.fpw.warehouse.release.Release;
import uk.fpw.warehouse.release.Releases;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/** Which nights of a row are still to be run. */
public final class MissingNights {

    private MissingNights() {}

    /**
     * The dates without a release, in order.
     *
     * @throws NightFailure with {@code CONFIGURATION} if one of them can no longer be run, since a later date is known
     */
    public static List<LocalDate> between(LocalDate first, LocalDate last, HikariDataSource dataSource) {
        Database.migrate(dataSource);
        Set<LocalDate> released = new Releases(dataSource)
                .list().stream().map(Release::businessDate).collect(Collectors.toSet());
        List<LocalDate> missing = first.datesUntil(last.plusDays(1))
                .filter(date -> !released.contains(date))
                .toList();
        LocalDate known = new NightLedger(dataSource, Clock.systemUTC()).latestBusinessDate();
        if (known != null && !missing.isEmpty() && missing.get(0).isBefore(known)) {
            throw new NightFailure(
                    ExitCode.CONFIGURATION,
                    "the night of " + missing.get(0)
                            + " is missing and can no longer be run: the warehouse already knows "
                            + known + ", and what is known on a date never decreases. Begin with --from "
                            + (released.contains(known) ? known.plusDays(1) : known));
        }
        return missing;
    }
}
