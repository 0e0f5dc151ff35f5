package uk.fpw.metrics.figures;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import uk.fpw.metrics.series.Period;
import uk.fpw.model.Family;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

/** Computes every row of every queue mart, series by series. */
public final class SeriesFigures {

    /** The marts that are computed from the counts of a series alone. */
    public static final List<String> MARTS = Models.countedBy(Family.SERIES);

    private final WorkingDays workingDays;
    private final Map<String, MartTable> tables = new TreeMap<>();

    /**
     * @param models models of at least {@link #MARTS}
     * @param workingDays working days of the force
     * @param consumer receives the name of the mart and the values of a row, in the order of the model's columns
     */
    public SeriesFigures(List<Model> models, WorkingDays workingDays, BiConsumer<String, Object[]> consumer) {
        this.workingDays = workingDays;
        for (Model model : models) {
            if (MARTS.contains(model.table())) {
                tables.put(model.table(), new MartTable(model, values -> consumer.accept(model.table(), values)));
            }
        }
    }

    public void write(Series series) {
        if (series.queue().isNow(series.key())) {
            new DayFigures(series).writeNow(table("mart.queue_now"));
            return;
        }
        table("mart.dim_slice")
                .row(series)
                .set("item_count", series.cube().flows().items())
                .set("refusal", series.queue().refusal(series.key()))
                .end();
        if (series.firstDay() > series.releaseKey().asOf()) {
            return; // nothing has been observed yet
        }
        DayFigures days = new DayFigures(series);
        days.write(table("mart.queue_daily", series));
        new PeriodFigures(series, days, Period.WEEK).write(table("mart.queue_weekly", series));
        new PeriodFigures(series, days, Period.MONTH).write(table("mart.queue_monthly", series));
        new PeriodFigures(series, days, Period.QUARTER).write(table("mart.queue_quarterly", series));
        new PeriodFigures(series, days, Period.FINANCIAL_YEAR).write(table("mart.queue_yearly", series));
        if (series.key().isTotal()) {
            PublicationFigures.write(series, table("mart.publication_count", series));
        }
        ExitFigures.write(series, table("mart.queue_exit", series));
        ReentryFigures.write(series, table("mart.queue_reentry", series), table("mart.reentry_share", series));
        AgeFigures.write(series, table("mart.open_age", series));
        if (series.queue().refusal(series.key()) == null) {
            WaitFigures.write(series, table("mart.wait_curve"), table("mart.wait_summary"));
            WindowFigures.write(series, table("mart.wait_window"));
            StandardFigures.write(series, table("mart.wait_standard", series), table("mart.standard_signal"));
        }
        ComparisonFigures.write(series, table("mart.wait_comparison"));
        new FlowSignals(series, days, workingDays).write(table("mart.queue_signal"));
        new PeriodComparisons(series, days, workingDays).write(table("mart.period_comparison"));
    }

    /** A table to which rows of a series are added, after those that are copied. */
    private MartTable table(String name, Series series) {
        return table(name).copy(series);
    }

    private MartTable table(String name) {
        MartTable table = tables.get(name);
        if (table == null) {
            throw new IllegalStateException("there is no model for " + name);
        }
        return table;
    }
}
