package uk.fpw.metrics.dimension;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.figures.WorkingDays;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.table.TableRows;

/** The rows of {@code mart.dim_date}: calendar days and the periods to which they belong. */
final class Calendar {

    private final Set<LocalDate> bankHolidays;
    private final WorkingDays workingDays;

    /** @param bankHolidays not known for a year with fewer than {@code BankHolidays.FEWEST_IN_A_YEAR} */
    Calendar(List<LocalDate> bankHolidays) {
        this.bankHolidays = Set.copyOf(bankHolidays);
        this.workingDays = new WorkingDays(bankHolidays);
    }

    /**
     * All days from the first day, or the business date if that is earlier, to the end of the business date's
     * financial year.
     */
    Stream<LocalDate> days(@Nullable LocalDate firstDay, LocalDate businessDate) {
        LocalDate first = firstDay == null || firstDay.isAfter(businessDate) ? businessDate : firstDay;
        return first.datesUntil(LocalDate.of(financialYear(businessDate) + 1, Month.APRIL, 1));
    }

    /** Sets the columns that describe a day. */
    TableRows.Row fill(TableRows.Row row, LocalDate day) {
        return row.set("day", day)
                .set("calendar_year", day.getYear())
                .set(
                        "quarter_start_on",
                        LocalDate.of(day.getYear(), day.getMonth().firstMonthOfQuarter(), 1))
                .set("month_start_on", day.withDayOfMonth(1))
                .set("week_start_on", day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)))
                .set("iso_year", day.get(IsoFields.WEEK_BASED_YEAR))
                .set("iso_week", day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR))
                .set("financial_year", Period.financialYear(financialYear(day)))
                .set("day_of_week", day.getDayOfWeek().getValue())
                .set("is_weekend", day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0)
                .set("is_bank_holiday", workingDays.isKnown(day.getYear()) ? bankHolidays.contains(day) : null);
    }

    /** Start year of the financial year of a day (from 1 April). */
    private static int financialYear(LocalDate day) {
        return Period.FINANCIAL_YEAR.of((int) day.toEpochDay());
    }
}
