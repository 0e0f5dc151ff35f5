package uk.fpw.metrics.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against {@code golden/daycount}, made with R 4.5, and months counted by hand. */
@Tag("time-zone")
class WorkingDaysTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "daycount");

    private static WorkingDays england() throws IOException {
        return new WorkingDays(Files.readAllLines(GOLDEN.resolve("bank_holidays_england_wales_2024_2025.csv")).stream()
                .skip(1)
                .map(LocalDate::parse)
                .toList());
    }

    private static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    @Test
    void daysAfterADayAreThoseOfTheReference() throws IOException {
        int compared = 0;
        for (String line : Files.readAllLines(GOLDEN.resolve("daycount_expected.csv"))) {
            String[] fields = line.split(",", -1);
            if (fields[2].compareTo("2024-01-01") >= 0 && fields[3].compareTo("2026-01-01") < 0) {
                assertThat(england().between(day(fields[2]) + 1, day(fields[3])))
                        .as(line)
                        .isEqualTo(Integer.valueOf(fields[10]));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(10);
    }

    @Test
    void monthsHaveTheirDaysWithoutWeekendsAndBankHolidays() throws IOException {
        // December 2024: 22 weekdays, two of them Christmas Day and Boxing Day; March: 21, one of them Good Friday
        assertThat(england().between(day("2024-12-01"), day("2024-12-31"))).isEqualTo(20);
        assertThat(england().between(day("2024-03-01"), day("2024-03-31"))).isEqualTo(20);
        assertThat(england().between(day("2024-02-01"), day("2024-02-29"))).isEqualTo(21);
        assertThat(england().between(day("2024-12-28"), day("2024-12-29"))).isEqualTo(0);
    }

    @Test
    void bankHolidayAtAWeekendCountsOnce() {
        WorkingDays days = new WorkingDays(of2016());

        assertThat(days.between(day("2016-12-24"), day("2016-12-30"))).isEqualTo(3);
        assertThat(days.between(day("2016-12-17"), day("2016-12-25"))).isEqualTo(5);
    }

    /** Of England and Wales, with both Christmas Day, a Sunday, and its substitute day: nine. */
    private static List<LocalDate> of2016() {
        return Stream.of(
                        "2016-01-01",
                        "2016-03-25",
                        "2016-03-28",
                        "2016-05-02",
                        "2016-05-30",
                        "2016-08-29",
                        "2016-12-25",
                        "2016-12-26",
                        "2016-12-27")
                .map(LocalDate::parse)
                .toList();
    }

    @Test
    void yearOfWhichFewerThanEightBankHolidaysAreListedIsNotKnown() {
        WorkingDays seven = new WorkingDays(of2016().subList(0, 7));
        WorkingDays eight = new WorkingDays(of2016().subList(0, 8));
        List<LocalDate> twice = new ArrayList<>(of2016().subList(0, 7));
        twice.addAll(of2016().subList(0, 7));

        assertThat(seven.between(day("2016-02-01"), day("2016-02-29"))).isNull();
        assertThat(seven.reason(day("2016-02-01"), day("2016-02-29")))
                .isEqualTo("the bank holidays of 2016 are not known: 7 of at least 8 are listed");
        assertThat(new WorkingDays(twice).isKnown(2016)).isFalse();
        assertThat(eight.between(day("2016-02-01"), day("2016-02-29"))).isEqualTo(21);
        assertThat(eight.reason(day("2016-12-31"), day("2017-01-31")))
                .isEqualTo("the bank holidays of 2017 are not known");
    }

    @Test
    void daysOfAYearWithoutAnyBankHolidayAreNotKnown() throws IOException {
        assertThat(england().between(day("2023-12-01"), day("2023-12-31"))).isNull();
        assertThat(england().between(day("2023-12-31"), day("2024-01-31"))).isNull();
        assertThat(england().unknownYears(day("2023-12-31"), day("2026-01-31"))).containsExactly(2023, 2026);
    }
}
