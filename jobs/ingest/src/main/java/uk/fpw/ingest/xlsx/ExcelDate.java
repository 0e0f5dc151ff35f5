package uk.fpw.ingest.xlsx;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Converts Excel's dates: days since the start of 1900, or of 1904 in workbooks from old Macintosh versions. The 1900
 * system contains a 29 February 1900, which never existed, so days before it are counted differently.
 */
final class ExcelDate {

    private static final long LEAP_DAY_THAT_NEVER_WAS = 60;
    private static final LocalDate BEFORE_IT = LocalDate.of(1899, 12, 31);
    private static final LocalDate AFTER_IT = LocalDate.of(1899, 12, 30);
    private static final LocalDate OF_1904 = LocalDate.of(1904, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
    private static final BigDecimal MILLIS_OF_DAY = BigDecimal.valueOf(86_400_000);

    private ExcelDate() {}

    /**
     * Why a number is not a valid date, as the continuation of a sentence that starts with the column's name; null if
     * it is valid.
     */
    static @Nullable String problem(BigDecimal serial, boolean is1904) {
        BigDecimal days = serial.setScale(0, RoundingMode.FLOOR);
        if (days.signum() < 0 || (!is1904 && days.signum() == 0)) {
            return "is not a date: its number is before the first day that Excel supports";
        }
        if (days.compareTo(BigDecimal.valueOf(2_958_465L - (is1904 ? 1462 : 0))) > 0) {
            return "is not a date: its number is after the year 9999";
        }
        if (!is1904 && days.longValueExact() == LEAP_DAY_THAT_NEVER_WAS) {
            return "is 29 February 1900, which never existed outside Excel";
        }
        return null;
    }

    /** The point in time to the millisecond, which is the precision of Excel's fractions of a day. */
    static LocalDateTime time(BigDecimal serial, boolean is1904) {
        BigDecimal days = serial.setScale(0, RoundingMode.FLOOR);
        long millis = serial.subtract(days)
                .multiply(MILLIS_OF_DAY)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        LocalDateTime time = day(days.longValueExact(), is1904).atStartOfDay().plusNanos(millis * 1_000_000);
        return time.toLocalDate().isAfter(LAST) ? LAST.atTime(23, 59, 59, 999_000_000) : time;
    }

    private static LocalDate day(long days, boolean is1904) {
        if (is1904) {
            return OF_1904.plusDays(days);
        }
        return (days < LEAP_DAY_THAT_NEVER_WAS ? BEFORE_IT : AFTER_IT).plusDays(days);
    }
}
