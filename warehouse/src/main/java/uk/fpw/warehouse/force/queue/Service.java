package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonCreator;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * On which days a queue is served. Its flows are charted per day of service; waits and standards stay in elapsed time.
 *
 * @param code as in the file of a queue and in {@code mart.queue_signal}: {@code working_days}, {@code every_day} or
 * the name of a calendar
 * @param calendar null for the first two
 */
public record Service(String code, @Nullable ServiceCalendar calendar) implements Serializable {

    /** From Monday to Friday, except the bank holidays that the force folder lists. */
    public static final Service WORKING_DAYS = new Service("working_days", null);

    /** On every day of the year. */
    public static final Service EVERY_DAY = new Service("every_day", null);

    /** Names that need no calendar, and that no calendar may have. */
    public static final List<String> WITHOUT_CALENDAR = List.of(WORKING_DAYS.code, EVERY_DAY.code);

    /** Name under which the calendars of the force folder are injected, by name. */
    public static final String CALENDARS = "calendars";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Service of(String code, @JacksonInject(CALENDARS) Map<String, ServiceCalendar> calendars) {
        return WITHOUT_CALENDAR.contains(code)
                ? new Service(code, null)
                : new Service(code, Objects.requireNonNull(calendars.get(code), code));
    }

    /** Whether it is closed on bank holidays. */
    public boolean isByBankHolidays() {
        return calendar == null ? code.equals(WORKING_DAYS.code) : calendar.exceptBankHolidays();
    }

    /** The code, or the calendar with its days in short: see {@link ServiceCalendar#declared()}. */
    public String declared() {
        return calendar == null ? code : calendar.declared();
    }
}
