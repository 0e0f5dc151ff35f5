package uk.fpw.metrics.driver;

import java.util.List;
import java.util.function.Consumer;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.model.Models;
import uk.fpw.statistics.MixAndRate;
import uk.fpw.warehouse.force.queue.Queue;

/** Writes the rows of {@code mart.queue_driver}. */
final class DriverFigures {

    private final ReleaseKey releaseKey;
    private final TableRows table;

    /** @param consumer receives the values of a row, in the order of the model's columns */
    DriverFigures(ReleaseKey releaseKey, Consumer<Object[]> consumer) {
        this.releaseKey = releaseKey;
        this.table = new TableRows(Models.find(DriverPass.TABLE).orElseThrow(), consumer);
    }

    /**
     * Writes the rows of a queue.
     *
     * @param series the total first, then the values of each slice
     * @param settled the last whole month of which no late records are expected
     * @param whole the last whole month
     * @param dataAsAt last known day of the queue
     */
    void write(Queue queue, List<SeriesMonths> series, int settled, int whole, int dataAsAt) {
        SeriesMonths.completeSlices(series);
        for (PeriodPair pair : PeriodPair.of(settled, whole)) {
            // otherwise observation began later
            if (series.get(0).isKnown(pair.from(), pair.to())) {
                // a pair of slices that was declared later has no months whose rows are copied
                List<SeriesMonths> known = series.stream()
                        .filter(one -> one.isKnown(pair.from(), pair.to()))
                        .toList();
                PairFigures.of(pair, known)
                        .forEach(figure -> write(queue, pair, figure, pair.to() > settled, dataAsAt));
            }
        }
    }

    private void write(Queue queue, PeriodPair pair, DriverFigure figure, boolean isProvisional, int dataAsAt) {
        SeriesMonths.Key series = figure.series();
        MixAndRate parts = figure.parts();
        table.row()
                .set("force", releaseKey.force())
                .set("queue", queue.name())
                .set("queue_version", queue.version())
                .set("item_unit", queue.itemUnit())
                .set("slice", series.slice())
                .set("slice_value", series.sliceValue())
                .set("is_total", series.isTotal())
                .set("period_kind", pair.kind().words())
                .set("compared_with", pair.comparedWith())
                .setDay("earlier_start_on", Period.MONTH.firstDay(pair.earlierFrom()))
                .setDay("earlier_end_on", Period.MONTH.lastDay(pair.earlierTo()))
                .setDay("period_start_on", Period.MONTH.firstDay(pair.from()))
                .setDay("period_end_on", Period.MONTH.lastDay(pair.to()))
                .set("measure", figure.measure())
                .set("part", figure.part())
                .set("part_name", figure.name())
                .set("earlier_count", figure.earlier())
                .set("period_count", figure.now())
                .set("change_count", figure.change())
                .set("earlier_of_count", figure.earlierOf())
                .set("period_of_count", figure.nowOf())
                .set("earlier_share", figure.earlierShare())
                .set("period_share", figure.share())
                .set("change_share", figure.changeOfShare())
                .set("mix_part", parts == null ? null : (Double) parts.mix())
                .set("rate_part", parts == null ? null : (Double) parts.rate())
                .set("reason", figure.reason())
                .set("is_provisional", isProvisional)
                .setDay("data_as_at", dataAsAt)
                .set("release_id", releaseKey.releaseId().value())
                .end();
    }
}
