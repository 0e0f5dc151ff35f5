package uk.fpw.report.chart;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.fpw.report.text.English;

/** Positions of the ticks of an axis. */
final class Ticks {

    private Ticks() {}

    /**
     * A tick.
     *
     * @param at value on the axis
     */
    record Tick(double at, String label) {}

    /** The position of a day on an axis. */
    static double at(LocalDate day) {
        return (double) day.toEpochDay();
    }

    /** Round numbers that cover the range, about {@code count} or fewer: steps of 1, 2 or 5 times a power of 10. */
    static List<Tick> numbers(double from, double to, int count, boolean isShare) {
        double span = Math.max(to - from, 1e-9);
        double raw = span / Math.max(count, 1);
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = power * (raw / power <= 1 ? 1 : raw / power <= 2 ? 2 : raw / power <= 5 ? 5 : 10);
        if (!isShare && span > 4) {
            step = Math.max(step, 1);
        }
        List<Tick> ticks = new ArrayList<>();
        for (long i = (long) Math.floor(from / step + 1e-9); i * step < to + step - 1e-9; i++) {
            ticks.add(new Tick(i * step, isShare ? share(i * step, step) : number(i * step, step)));
        }
        return ticks;
    }

    private static String number(double value, double step) {
        return String.format(Locale.UK, step >= 1 ? "%,.0f" : step >= 0.1 ? "%,.1f" : "%,.2f", value + 0.0);
    }

    private static String share(double value, double step) {
        return String.format(Locale.UK, step >= 0.01 ? "%.0f %%" : "%.1f %%", 100 * value + 0.0);
    }

    /**
     * First days of months, at most about {@code count} of them: every 1, 2, 3, 6 or 12 months, from January. If the
     * range has fewer than two of them, its first and last day.
     */
    static List<Tick> months(LocalDate from, LocalDate to, int count) {
        List<Tick> months = firstDays(from, to, count);
        if (months.size() > 1) {
            return months;
        }
        Tick first = new Tick(at(from), English.shortDay(from));
        return from.equals(to) ? List.of(first) : List.of(first, new Tick(at(to), English.shortDay(to)));
    }

    /**
     * Days of wait that are whole weeks.
     *
     * @param to last day of the axis
     */
    static List<Tick> weeks(double to, int count) {
        double step = 7;
        for (int weeks : new int[] {1, 2, 4, 8, 13, 26, 52}) {
            step = 7.0 * weeks;
            if (to / step <= count) {
                break;
            }
        }
        while (to / step > count) {
            step *= 2;
        }
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i * step <= to; i++) {
            ticks.add(new Tick(i * step, English.figure(i * step) + (i == 0 ? " days" : "")));
        }
        return ticks;
    }

    private static List<Tick> firstDays(LocalDate from, LocalDate to, int count) {
        long months = Math.max(1, ChronoUnit.MONTHS.between(YearMonth.from(from), YearMonth.from(to)));
        int step = 12;
        for (int each : new int[] {1, 2, 3, 6}) {
            if (months / each <= count) {
                step = each;
                break;
            }
        }
        while (months / step > count) {
            step += 12;
        }
        List<Tick> ticks = new ArrayList<>();
        YearMonth end = YearMonth.from(to);
        for (YearMonth month = YearMonth.from(from); !month.isAfter(end); month = month.plusMonths(1)) {
            boolean isMarked = step < 12
                    ? (month.getMonthValue() - 1) % step == 0
                    : month.getMonthValue() == 1 && month.getYear() % (step / 12) == 0;
            LocalDate day = month.atDay(1);
            if (isMarked && !day.isBefore(from)) {
                ticks.add(new Tick(at(day), step < 12 ? English.shortMonth(day) : String.valueOf(month.getYear())));
            }
        }
        return ticks;
    }
}
