package uk.fpw.metrics.figures;

import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.queue.Service;
import uk.fpw.warehouse.force.queue.ServiceCalendar;

/** Counts the days of service of a queue. */
@FunctionalInterface
interface ServiceDays {

    /** Number of days of service between two days, both included; null if unknown. */
    @Nullable
    Integer between(int from, int to);

    /**
     * Those of a queue with this service.
     *
     * @param workingDays working days of the force, of which bank holidays may be unknown for some years
     */
    static ServiceDays of(Service service, WorkingDays workingDays) {
        ServiceCalendar calendar = service.calendar();
        if (calendar != null) {
            return workingDays.with(calendar);
        }
        return service.equals(Service.EVERY_DAY) ? (from, to) -> Math.max(0, to - from + 1) : workingDays::between;
    }
}
