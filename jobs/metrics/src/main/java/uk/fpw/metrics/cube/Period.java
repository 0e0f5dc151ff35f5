package uk.fpw.metrics.cube;

import java.time.LocalDate;
import java.util.Locale;

/**
 * Calendar months, ISO weeks, calendar quarters and financial years, numbered without gaps, so that the next period is
 * the next number.
 */
public enum Period {
    MONTH {
        @Override
        public int of(int day) {
            LocalDate date = LocalDate.ofEpochDay(day);
            return date.getYear() * MONTHS + date.getMonthValue() - 1;
        }

        @Override
        public int firstDay(int period) {
            return (int) LocalDate.of(Math.floorDiv(period, MONTHS), Math.floorMod(period, MONTHS) + 1, 1)
                    .toEpochDay();
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
    /** Calendar quarters, which are the quarters of financial years too. */
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
    /** Years from 1 April; the number of one is the calendar year in which it begins. */
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
    private static final int MONTHS_BEFORE_APRIL = 3;
    private static final int CENTURY = 100;
    private static final int DAYS = 7;

    /** 1970-01-01 was a Thursday. */
    private static final int DAYS_FROM_MONDAY = 3;

    /** Number of the period that holds a day. */
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
