package uk.fpw.report.page;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.chart.Event;
import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;

/**
 * Since when the flows of a queue are charted by other days of service than before.
 *
 * @param on business date of the first release with them
 * @param day what they are divided by now, such as {@code day}
 * @param before what they were divided by before
 */
record ServiceSince(LocalDate on, String day, String before) {

    /** Null if that is not known to have changed. */
    static @Nullable ServiceSince of(QueueData data) {
        if (!data.has("mart.dim_queue", "service", "service_since_on", "previous_service")) {
            return null;
        }
        List<Row> rows = data.rows("""
                select service as served, service_since_on, previous_service
                from mart.dim_queue
                where queue = :queue and service_since_on is not null
                """);
        return rows.isEmpty()
                ? null
                : new ServiceSince(
                        rows.get(0).date("service_since_on"),
                        FlowUnit.day(rows.get(0)),
                        before(rows.get(0).text("previous_service")));
    }

    private static String before(String service) {
        String day = FlowUnit.day(service);
        return day.equals(FlowUnit.OF_CALENDAR) ? day + " of the calendar " + service : day;
    }

    /** A line at the month of that date, since the points of the charts stand at the first days of their months. */
    Event event() {
        return new Event(on.withDayOfMonth(1), "per " + day);
    }

    /** What the line means. */
    String sentence() {
        return "The figures of " + English.day(on) + " were the first to be charted per " + day + " instead of per "
                + before
                + ", every month of them: do not compare these charts with earlier releases. No count differs.";
    }
}
