package uk.fpw.metrics.cube;

import java.time.LocalDate;

/** Calendar months and ISO weeks, numbered without gaps, so that the next period is the next number. */
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
    };

    private static final int MONTHS = 12;
    private static final int DAYS = 7;

    /** 1970-01-01 was a Thursday. */
    private static final int DAYS_FROM_MONDAY = 3;

    /** Number of the period that holds a day. */
    public abstract int of(int day);

    /** First day of a period; weeks begin on Monday. */
    public abstract int firstDay(int period);

    /** Last day of a period. */
    public int lastDay(int period) {
        return firstDay(period + 1) - 1;
    }
}
