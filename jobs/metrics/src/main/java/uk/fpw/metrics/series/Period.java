package uk.fpw.metrics.series;

import java.util.Locale;
import uk.fpw.warehouse.force.queue.PeriodKind;

/** Calendar months, ISO weeks, calendar quarters and financial years, numbered consecutively. */
public enum Period {
    MONTH {
        @Override
        public int of(int day) {
            // H. Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, an era is four
            // centuries
            long sinceMarch = day + DAYS_FROM_MARCH_OF_YEAR_0;
            int era = (int) Math.floorDiv(sinceMarch, DAYS_OF_ERA);
            int ofEra = Math.floorMod(sinceMarch, DAYS_OF_ERA);
            int year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
            int ofYear = ofEra - (365 * year + year / 4 - year / 100);
            return (era * YEARS_OF_ERA + year) * MONTHS + (5 * ofYear + 2) / 153 + MONTHS_BEFORE_MARCH;
        }

        @Override
        public int firstDay(int period) {
            int year = Math.floorDiv(period - MONTHS_BEFORE_MARCH, MONTHS);
            int month = Math.floorMod(period - MONTHS_BEFORE_MARCH, MONTHS);
            int leapDays = Math.floorDiv(year, 4) - Math.floorDiv(year, 100) + Math.floorDiv(year, 400);
            return (int) (365L * year + leapDays + (153 * month + 2) / 5 - DAYS_FROM_MARCH_OF_YEAR_0);
        }
    },
    WEEK {
        @Override
        public int of(int day) {
            return Math.floorDiv(day + DAYS_FROM_MONDAY, DAYS);
        }

        @Override
        public int firstDay(int period) {
            return period * DAYS - DAYS_FROM_MONDAY;
        }
    },
    /** Calendar quarters, which are also the quarters of financial years. */
    QUARTER {
        @Override
        public int of(int day) {
            return Math.floorDiv(MONTH.of(day), MONTHS_OF_QUARTER);
        }

        @Override
        public int firstDay(int period) {
            return MONTH.firstDay(period * MONTHS_OF_QUARTER);
        }
    },
    /** Years from 1 April; the number is the calendar year in which the year begins. */
    FINANCIAL_YEAR {
        @Override
        public int of(int day) {
            return Math.floorDiv(MONTH.of(day) - MONTHS_BEFORE_APRIL, MONTHS);
        }

        @Override
        public int firstDay(int period) {
            return MONTH.firstDay(period * MONTHS + MONTHS_BEFORE_APRIL);
        }
    };

    private static final int MONTHS = 12;
    private static final int MONTHS_OF_QUARTER = 3;
    private static final int MONTHS_BEFORE_MARCH = 2;
    private static final int MONTHS_BEFORE_APRIL = 3;
    private static final int YEARS_OF_ERA = 400;
    private static final int DAYS_OF_ERA = 146_097;
    private static final long DAYS_FROM_MARCH_OF_YEAR_0 = 719_468;
    private static final int CENTURY = 100;
    private static final int DAYS = 7;

    /** 1970-01-01 was a Thursday. */
    private static final int DAYS_FROM_MONDAY = 3;

    /** The periods of a kind; {@link uk.fpw.warehouse.force.queue.CalendarPeriod} numbers them in the same way. */
    public static Period of(PeriodKind kind) {
        return switch (kind) {
            case FINANCIAL_YEAR -> FINANCIAL_YEAR;
            case QUARTER -> QUARTER;
        };
    }

    /** Number of the period that contains a day. */
    public abstract int of(int day);

    /** First day of a period; weeks begin on Monday. */
    public abstract int firstDay(int period);

    /** Label of a financial year by its number, such as {@code 2015/16}. */
    public static String financialYear(int number) {
        return number + "/" + String.format(Locale.ROOT, "%02d", Math.floorMod(number + 1, CENTURY));
    }

    /** Last day of a period. */
    public int lastDay(int period) {
        return firstDay(period + 1) - 1;
    }
}
