package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import uk.fpw.text.Sha256;

/**
 * On which days a service is open: {@code calendars/<name>.yml}. A date in {@code open} is open whatever its weekday,
 * and one in {@code closed} is not; no date is in both.
 *
 * @param days its weekdays, at least one
 * @param exceptBankHolidays whether it is closed on bank holidays
 * @param closed further dates on which it is closed
 * @param open dates on which it is open although it would not be by weekday, or because of a bank holiday
 */
public record ServiceCalendar(
        @JsonProperty("calendar") String name,
        String title,
        List<DayOfWeek> days,
        boolean exceptBankHolidays,
        List<LocalDate> closed,
        List<LocalDate> open)
        implements Serializable {

    private static final int DIGITS = 8;

    public ServiceCalendar {
        days = days.stream().sorted().toList();
        closed = closed.stream().sorted().toList();
        open = open.stream().sorted().toList();
    }

    /**
     * Its name and its days in short, such as {@code desk (Mon Tue Wed except bank holidays, 2 dates closed, 1 date
     * opened, 0a1b2c3d)}. Two calendars with the same text have the same days, of which the last word is a digest.
     */
    public String declared() {
        String week = days.stream()
                .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
                .collect(Collectors.joining(" "));
        String digest = Sha256.hex(days + " " + exceptBankHolidays + " " + closed + " " + open);
        return name + " (" + week + (exceptBankHolidays ? " except bank holidays" : "")
                + (closed.isEmpty() ? "" : ", " + closed.size() + (closed.size() == 1 ? " date" : " dates") + " closed")
                + (open.isEmpty() ? "" : ", " + open.size() + (open.size() == 1 ? " date" : " dates") + " opened")
                + ", " + digest.substring(0, DIGITS) + ")";
    }
}
