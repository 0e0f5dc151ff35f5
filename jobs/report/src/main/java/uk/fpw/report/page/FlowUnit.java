package uk.fpw.report.page;

import org.jspecify.annotations.Nullable;
import uk.fpw.report.data.Row;

/** Of which days a month's flow is charted: those on which the queue is served, in older releases working days. */
public final class FlowUnit {

    /** A day of a service with a calendar of its own. */
    static final String OF_CALENDAR = "day of service";

    private FlowUnit() {}

    /**
     * Columns {@code flow_per_day}, the charted value, and {@code served}, for {@link #day}, as SQL.
     *
     * @param hasService whether the release has {@code mart.queue_signal.flow_per_service_day}
     */
    public static String columns(boolean hasService) {
        return hasService
                ? "flow_per_service_day as flow_per_day, service as served"
                : "flow_per_working_day as flow_per_day, 'working_days' as served";
    }

    /** The day of a row with these columns, such as {@code working day}. */
    public static String day(Row row) {
        return day(row.textOrNull("served"));
    }

    /** The day of a service, which may be that of a calendar; working days where a release does not say. */
    public static String day(@Nullable String service) {
        if (service == null || service.equals("working_days")) {
            return "working day";
        }
        return service.equals("every_day") ? "day" : OF_CALENDAR;
    }
}
