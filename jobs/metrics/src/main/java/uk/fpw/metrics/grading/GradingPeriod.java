package uk.fpw.metrics.grading;

import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.IsoFields;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import uk.fpw.metrics.lifecycle.SparkText;
import uk.fpw.metrics.table.TableRows;

/**
 * A period by which judgements are counted. Sorted by kind, then by time.
 *
 * @param startOn first day
 */
record GradingPeriod(Kind kind, LocalDate startOn) implements Comparable<GradingPeriod> {

    /** Quarters are those of financial years, which start in April. */
    enum Kind {
        QUARTER("quarter", 3),
        FINANCIAL_YEAR("financial year", 12);

        private final String words;
        private final int months;

        Kind(String words, int months) {
            this.words = words;
            this.months = months;
        }

        /** The kind as published. */
        String words() {
            return words;
        }
    }

    private static final int MONTHS_BEFORE_APRIL = 3;
    private static final int CENTURY = 100;

    private static final Comparator<GradingPeriod> ORDER = Comparator.comparing(
                    (GradingPeriod period) -> period.kind.words, SparkText.ORDER)
            .thenComparing(GradingPeriod::startOn);

    /** The periods that contain a day. */
    static List<GradingPeriod> of(LocalDate day) {
        Month firstOfQuarter = day.getMonth().firstMonthOfQuarter();
        int year = day.minusMonths(MONTHS_BEFORE_APRIL).getYear();
        return List.of(
                new GradingPeriod(Kind.QUARTER, LocalDate.of(day.getYear(), firstOfQuarter, 1)),
                new GradingPeriod(Kind.FINANCIAL_YEAR, LocalDate.of(year, Month.APRIL, 1)));
    }

    /** Last day. */
    LocalDate endOn() {
        return startOn.plusMonths(kind.months).minusDays(1);
    }

    /** {@code 2014 Q4}, {@code 2014/15}. */
    String title() {
        return kind == Kind.QUARTER
                ? startOn.getYear() + " Q" + startOn.get(IsoFields.QUARTER_OF_YEAR)
                : startOn.getYear() + "/" + String.format(Locale.ROOT, "%02d", endOn().getYear() % CENTURY);
    }

    /** Sequence number among the periods of its kind. */
    int number() {
        return (startOn.getYear() * Kind.FINANCIAL_YEAR.months + startOn.getMonthValue() - 1) / kind.months;
    }

    /** Sets the columns that identify the period. */
    TableRows.Row set(TableRows.Row row) {
        return row.set("period_kind", kind.words())
                .set("period", title())
                .set("period_start_on", startOn)
                .set("period_end_on", endOn());
    }

    @Override
    public int compareTo(GradingPeriod other) {
        return ORDER.compare(this, other);
    }
}
