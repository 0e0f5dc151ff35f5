package uk.fpw.warehouse.force.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import uk.fpw.warehouse.force.feed.Delivery.Frequency;

@Tag("time-zone")
class DeliveryTest {

    /** Good Friday, Easter Monday and May Day of 2026. */
    private static final Set<LocalDate> HOLIDAYS =
            Set.of(LocalDate.parse("2026-04-03"), LocalDate.parse("2026-04-06"), LocalDate.parse("2026-05-04"));

    private static final Delivery WORKING_DAYS = new Delivery(Frequency.WEEKLY, Delivery.WORKING, false, 0, HOLIDAYS);
    private static final Delivery MONDAYS = Delivery.weekly(Set.of(DayOfWeek.MONDAY));
    private static final Delivery MONTH_END = month(Frequency.MONTH_END, true, 0);
    private static final Delivery IRREGULAR = month(Frequency.IRREGULAR, true, 0);

    @TestFactory
    Stream<DynamicTest> whatIsDueAndWhatComesNext() {
        return Stream.of(
                // delivery, business date, date up to which it is due, first date after the business date
                row("daily", Delivery.daily(), "2026-04-05", "2026-04-05", "2026-04-06"),
                row(
                        "Saturday of weekdays",
                        Delivery.weekly(Delivery.WORKING),
                        "2026-04-04",
                        "2026-04-03",
                        "2026-04-06"),
                row("Saturday after Good Friday", WORKING_DAYS, "2026-04-04", "2026-04-02", "2026-04-07"),
                row("Tuesday after Easter", WORKING_DAYS, "2026-04-07", "2026-04-07", "2026-04-08"),
                row("Monday", MONDAYS, "2026-04-06", "2026-04-06", "2026-04-13"),
                row("Sunday before", MONDAYS, "2026-04-05", "2026-03-30", "2026-04-06"),
                row("bank holiday of Mondays", mondays(false, 0), "2026-04-06", "2026-03-30", "2026-04-13"),
                row("Mondays within a day, on Monday", mondays(true, 1), "2026-04-06", "2026-03-30", "2026-04-13"),
                row("Mondays within a day, on Tuesday", mondays(true, 1), "2026-04-07", "2026-04-06", "2026-04-13"),
                row("last of the month", MONTH_END, "2026-02-28", "2026-02-28", "2026-03-31"),
                row("the day before", MONTH_END, "2026-03-30", "2026-02-28", "2026-03-31"),
                row("within five days", month(Frequency.MONTH_END, true, 5), "2026-04-04", "2026-02-28", "2026-04-30"),
                row("after five days", month(Frequency.MONTH_END, true, 5), "2026-04-05", "2026-03-31", "2026-04-30"),
                row("last working day", month(Frequency.MONTH_END, false, 0), "2026-05-31", "2026-05-29", "2026-06-30"),
                row("first day", month(Frequency.MONTH_START, true, 0), "2026-05-01", "2026-05-01", "2026-06-01"),
                row(
                        "first working day",
                        month(Frequency.MONTH_START, false, 0),
                        "2026-08-02",
                        "2026-07-01",
                        "2026-08-03"),
                row("irregular", IRREGULAR, "2026-04-05", "null", "null"));
    }

    @Test
    void deliveriesAreDescribed() {
        assertThat(Stream.of(
                                Delivery.daily(),
                                WORKING_DAYS,
                                Delivery.weekly(Set.of(DayOfWeek.THURSDAY, DayOfWeek.MONDAY)),
                                mondays(true, 1),
                                MONTH_END,
                                month(Frequency.MONTH_END, false, 2),
                                month(Frequency.MONTH_START, true, 0),
                                month(Frequency.MONTH_START, false, 0),
                                IRREGULAR)
                        .map(Delivery::describe))
                .containsExactly(
                        "delivered daily",
                        "delivered from Monday to Friday, except bank holidays",
                        "delivered on Mondays and Thursdays",
                        "delivered on Mondays, within 1 day",
                        "delivered on the last day of the month",
                        "delivered on the last working day of the month, within 2 days",
                        "delivered on the first day of the month",
                        "delivered on the first working day of the month",
                        "delivered irregularly");
    }

    @Test
    void yearIsKnownOnlyWithAsManyBankHolidaysAsEveryYearHas() {
        // England and Wales in 2026, as listed on gov.uk/bank-holidays
        Set<LocalDate> eight = Stream.of(
                        "2026-01-01",
                        "2026-04-03",
                        "2026-04-06",
                        "2026-05-04",
                        "2026-05-25",
                        "2026-08-31",
                        "2026-12-25",
                        "2026-12-28")
                .map(LocalDate::parse)
                .collect(Collectors.toSet());
        assertThat(new Delivery(Frequency.WEEKLY, Delivery.WORKING, false, 0, eight)
                        .isMissingBankHolidaysOf(Year.of(2026)))
                .isFalse();
        assertThat(BankHolidays.incompleteYears(eight, 2026)).isEmpty();
        eight.remove(LocalDate.parse("2026-12-28"));
        assertThat(new Delivery(Frequency.WEEKLY, Delivery.WORKING, false, 0, eight)
                        .isMissingBankHolidaysOf(Year.of(2026)))
                .isTrue();
        assertThat(BankHolidays.incompleteYears(eight, 2026)).containsExactly(entry(2026, 7));
        assertThat(BankHolidays.incompleteYears(eight, 2025)).isEmpty();
        assertThat(WORKING_DAYS.isMissingBankHolidaysOf(Year.of(2027))).isTrue();
        assertThat(MONDAYS.isMissingBankHolidaysOf(Year.of(2027))).isFalse();
    }

    @Test
    void daysOfTheWeekBelongToAWeeklyDelivery() {
        assertThatThrownBy(() -> Delivery.weekly(Set.of()))
                .hasMessage("days of the week are only allowed for a weekly delivery");
        assertThatThrownBy(() -> new Delivery(Frequency.IRREGULAR, Delivery.WORKING, true, 0, Set.of()))
                .hasMessage("days of the week are only allowed for a weekly delivery");
    }

    private static Delivery mondays(boolean onBankHolidays, int withinDays) {
        return new Delivery(Frequency.WEEKLY, Set.of(DayOfWeek.MONDAY), onBankHolidays, withinDays, HOLIDAYS);
    }

    private static Delivery month(Frequency frequency, boolean onBankHolidays, int withinDays) {
        return new Delivery(frequency, Set.of(), onBankHolidays, withinDays, HOLIDAYS);
    }

    private static DynamicTest row(String name, Delivery delivery, String businessDate, String dueTo, String next) {
        LocalDate date = LocalDate.parse(businessDate);
        return DynamicTest.dynamicTest(name, () -> {
            assertThat(String.valueOf(delivery.dueTo(date))).isEqualTo(dueTo);
            assertThat(String.valueOf(delivery.after(date))).isEqualTo(next);
        });
    }
}
