package uk.fpw.nightly.run;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;

/** Checks that a run is not before the last date of the warehouse, nor far after it unless that is confirmed. */
final class BusinessDateCheck {

    private BusinessDateCheck() {}

    /**
     * Checks the business date of a run.
     *
     * @param latest last business date of the warehouse; null if it has none
     * @throws FpwException with {@code CONFIGURATION} naming both dates and what to do
     */
    static void require(Force force, RunRequest request, @Nullable LocalDate latest) {
        if (latest == null) {
            return;
        }
        refuseStepBack(request, latest);
        refuseJump(force, request, latest);
    }

    private static void refuseStepBack(RunRequest request, LocalDate latest) {
        LocalDate businessDate = request.businessDate();
        if (businessDate.isBefore(latest)) {
            throw FpwException.configuration("the last business date of the warehouse is " + latest + ", so "
                    + (request.task() == RunRequest.Task.INGEST ? "an " : "a ")
                    + request.task().description() + " of " + businessDate
                    + " is rejected: business dates must not decrease. Run " + latest
                    + " or later");
        }
    }

    /** A wrong clock or a typing error would otherwise rule out every earlier date. */
    private static void refuseJump(Force force, RunRequest request, LocalDate latest) {
        LocalDate businessDate = request.businessDate();
        long days = ChronoUnit.DAYS.between(latest, businessDate);
        if (days > force.confirmDateAfterDays() && !request.isDateConfirmed()) {
            throw FpwException.configuration(
                    "the business date " + businessDate + " is " + days + " days after " + latest
                            + ", the last business date of the warehouse; more than "
                            + force.confirmDateAfterDays()
                            + " (force.yml: confirm_date_after_days) must be confirmed, since no earlier date can "
                            + "be loaded afterwards."
                            + " Check the date and the system clock; then run the missed dates in order, fpw nightly "
                            + "--from "
                            + latest.plusDays(1) + ", or, to skip them, use --confirm-date");
        }
    }
}
