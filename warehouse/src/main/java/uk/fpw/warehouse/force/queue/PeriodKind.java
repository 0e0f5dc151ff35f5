package uk.fpw.warehouse.force.queue;

import java.time.LocalDate;
import java.time.Month;
import java.util.Locale;

/** Kinds of calendar periods. */
public enum PeriodKind {
    FINANCIAL_YEAR("financial year") {
        @Override
        int of(LocalDate day) {
            return day.minusMonths(MONTHS_OF_QUARTER).getYear();
        }

        @Override
        LocalDate start(int number) {
            return LocalDate.of(number, Month.APRIL, 1);
        }

        @Override
        String title(int number) {
            return String.format(Locale.ROOT, "%04d/%02d", number, Math.floorMod(number + 1, CENTURY));
        }
    },
    QUARTER("quarter") {
        @Override
        int of(LocalDate day) {
            return day.getYear() * QUARTERS + (day.getMonthValue() - 1) / MONTHS_OF_QUARTER;
        }

        @Override
        LocalDate start(int number) {
            return LocalDate.of(
                    Math.floorDiv(number, QUARTERS), Math.floorMod(number, QUARTERS) * MONTHS_OF_QUARTER + 1, 1);
        }

        @Override
        String title(int number) {
            return String.format(
                    Locale.ROOT, "%04d Q%d", Math.floorDiv(number, QUARTERS), Math.floorMod(number, QUARTERS) + 1);
        }
    };

    static final int QUARTERS = 4;
    private static final int MONTHS_OF_QUARTER = 3;
    private static final int CENTURY = 100;

    private final String words;

    PeriodKind(String words) {
        this.words = words;
    }

    /** The text in rows and messages. */
    public String words() {
        return words;
    }

    abstract int of(LocalDate day);

    abstract LocalDate start(int number);

    abstract String title(int number);
}
