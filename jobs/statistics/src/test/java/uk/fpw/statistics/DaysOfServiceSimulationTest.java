package uk.fpw.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What charting a service of seven days per working day costs: the numbers of {@code docs/methods.md}. Prints its
 * results. Each day from 2013 to 2015 has a Poisson number of items, with 15 % more from 2015 on. Working days are
 * those of England and Wales.
 */
@Tag("thorough")
class DaysOfServiceSimulationTest {

    private static final int RUNS = 10_000;
    private static final YearMonth FIRST = YearMonth.of(2013, 1);
    private static final int MONTHS = 36;
    private static final int RISE_FROM = 24;

    private static final Set<String> BANK_HOLIDAYS = Set.of(
            "2013-01-01",
            "2013-03-29",
            "2013-04-01",
            "2013-05-06",
            "2013-05-27",
            "2013-08-26",
            "2013-12-25",
            "2013-12-26",
            "2014-01-01",
            "2014-04-18",
            "2014-04-21",
            "2014-05-05",
            "2014-05-26",
            "2014-08-25",
            "2014-12-25",
            "2014-12-26",
            "2015-01-01",
            "2015-04-03",
            "2015-04-06",
            "2015-05-04",
            "2015-05-25",
            "2015-08-31",
            "2015-12-25",
            "2015-12-28");

    private static int days(int month) {
        return FIRST.plusMonths(month).lengthOfMonth();
    }

    private static int workingDays(int month) {
        YearMonth of = FIRST.plusMonths(month);
        int working = 0;
        for (int day = 1; day <= of.lengthOfMonth(); day++) {
            LocalDate date = of.atDay(day);
            boolean isWeekend = date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
            working += isWeekend || BANK_HOLIDAYS.contains(date.toString()) ? 0 : 1;
        }
        return working;
    }

    /** Half the distance of the limits, relative to the mean. */
    private static double width(List<XmrChart.Point> points) {
        XmrChart.Segment segment = points.get(0).segment();
        return (Objects.requireNonNull(segment.upper()) - segment.mean()) / segment.mean();
    }

    private static boolean isSeen(List<XmrChart.Point> points) {
        return points.subList(RISE_FROM, MONTHS).stream().anyMatch(point -> point.signal() != XmrChart.Signal.NONE);
    }

    @ParameterizedTest
    @CsvSource({"5, 0.15, 1.22, 0.15, 0.31", "10, 0.15, 1.40, 0.02, 0.17"})
    void chartsPerWorkingDayAreWiderAndSeeLess(
            double aDay, double rise, double ratio, double missedPerDay, double missedPerWorkingDay) {
        SplittableRandom random = new SplittableRandom(20261202);
        double perDayWidth = 0;
        double perWorkingDayWidth = 0;
        double missed = 0;
        double missedByWorkingDays = 0;
        for (int run = 0; run < RUNS; run++) {
            double[] perDay = new double[MONTHS];
            double[] perWorkingDay = new double[MONTHS];
            for (int month = 0; month < MONTHS; month++) {
                int items = 0;
                for (int day = 0; day < days(month); day++) {
                    items += Draws.poisson(random, aDay * (month < RISE_FROM ? 1 : 1 + rise));
                }
                perDay[month] = (double) items / days(month);
                perWorkingDay[month] = (double) items / workingDays(month);
            }
            List<XmrChart.Point> right = XmrChart.of(perDay, new int[0], XmrChart.Options.DEFAULT);
            List<XmrChart.Point> wrong = XmrChart.of(perWorkingDay, new int[0], XmrChart.Options.DEFAULT);
            perDayWidth += width(right) / RUNS;
            perWorkingDayWidth += width(wrong) / RUNS;
            missed += isSeen(right) ? 0 : 1.0 / RUNS;
            missedByWorkingDays += isSeen(wrong) ? 0 : 1.0 / RUNS;
        }
        System.out.printf(
                "%.0f a day, rise %.2f: limits +-%.3f per day, +-%.3f per working day, ratio %.2f; missed %.3f, %.3f%n",
                aDay,
                rise,
                perDayWidth,
                perWorkingDayWidth,
                perWorkingDayWidth / perDayWidth,
                missed,
                missedByWorkingDays);
        assertThat(perWorkingDayWidth / perDayWidth).isCloseTo(ratio, within(0.02));
        assertThat(missed).isCloseTo(missedPerDay, within(0.02));
        assertThat(missedByWorkingDays).isCloseTo(missedPerWorkingDay, within(0.02));
    }
}
