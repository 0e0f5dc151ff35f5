package uk.fpw.statistics.wait;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rows of {@code mart.wait_curve} for one cohort: every reason on every day of wait that has a row. */
public final class WaitCurve {

    /** Days that always have a row, as far as waits were observed. */
    private static final List<Integer> ROUND_DAYS = List.of(0, 7, 14, 28, 30, 60, 90, 180, 365, 730, 1095);

    /** Stands for leaving for any reason. */
    public static final String ALL = "all";

    private WaitCurve() {}

    /** One row; the columns are described in {@code mart/wait_curve.yml}. */
    public record Line(
            String exitReason,
            int waitDays,
            long atRiskCount,
            long leftCount,
            long censoredCount,
            @Nullable Double stillWaitingShare,
            @Nullable Double stillWaitingLow,
            @Nullable Double stillWaitingHigh,
            @Nullable Double stillWaitingStandardError,
            @Nullable Double leftShare,
            @Nullable Double leftShareLow,
            @Nullable Double leftShareHigh,
            @Nullable Double leftShareStandardError) {

        private Line withoutIntervals() {
            return new Line(
                    exitReason,
                    waitDays,
                    atRiskCount,
                    leftCount,
                    censoredCount,
                    stillWaitingShare,
                    null,
                    null,
                    null,
                    leftShare,
                    null,
                    null,
                    null);
        }
    }

    /** The rows, as if all items were independent. */
    public static List<Line> of(LifeTable table, List<String> reasons) {
        return of(table, reasons, CurveVariance.INDEPENDENT);
    }

    /**
     * Rows by day, on each day the total first, then the reasons in the given order. The table is in whole days.
     * Every row has counts; shares are null if the curve cannot be read: {@link SurvivalCurve#isReadableAt}.
     *
     * @param variance by contributor with the same reasons in the same order
     */
    public static List<Line> of(LifeTable table, List<String> reasons, CurveVariance variance) {
        for (String reason : table.reasons()) {
            if (!reasons.contains(reason)) {
                throw new IllegalArgumentException(
                        "items left as '" + reason + "', which is not among the reasons of the" + " queue definition "
                                + reasons + "; recompute core.spell with this definition");
            }
        }
        SurvivalCurve curve = SurvivalCurve.of(table, variance.byContributor());
        CumulativeIncidence incidence = CumulativeIncidence.of(table, reasons, variance.byContributor());
        List<Line> rows = new ArrayList<>();
        for (int day : days(table)) {
            int at = table.lastUpTo(day);
            boolean isExitDay = at >= 0 && table.time(at) == day;
            long censored = isExitDay ? table.censoredAt(at) : 0;
            long atRisk = table.atRisk(day);
            SurvivalCurve.Point point = curve.isReadableAt(day) ? curve.at(day) : null;
            rows.add(new Line(
                    ALL,
                    day,
                    atRisk,
                    isExitDay ? table.leftAt(at) : 0,
                    censored,
                    point == null ? null : (Double) point.share(),
                    point == null ? null : point.low(),
                    point == null ? null : point.high(),
                    point == null ? null : point.standardError(),
                    point == null ? null : (Double) (1 - point.share()),
                    null,
                    null,
                    null));
            for (String reason : reasons) {
                long[] leftFor = table.leftFor(reason);
                CumulativeIncidence.Point part = curve.isReadableAt(day) ? incidence.at(reason, day) : null;
                rows.add(new Line(
                        reason,
                        day,
                        atRisk,
                        isExitDay && leftFor != null ? leftFor[at] : 0,
                        censored,
                        null,
                        null,
                        null,
                        null,
                        part == null ? null : (Double) part.share(),
                        part == null ? null : part.low(),
                        part == null ? null : part.high(),
                        part == null ? null : (Double) part.standardError()));
            }
        }
        return variance.withheld() == null
                ? rows
                : rows.stream().map(Line::withoutIntervals).toList();
    }

    private static NavigableSet<Integer> days(LifeTable table) {
        NavigableSet<Integer> days = new TreeSet<>();
        for (int i = 0; i < table.size(); i++) {
            days.add((int) table.time(i));
        }
        for (double start : table.starts()) {
            days.add((int) start + 1);
        }
        int last = days.last();
        ROUND_DAYS.stream().filter(day -> day <= last).forEach(days::add);
        return days;
    }
}
