package uk.fpw.metrics.figures;

import java.time.LocalDate;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.model.FrozenTables;
import uk.fpw.model.Model;

/** The rows of one queue mart. */
final class MartTable extends TableRows {

    MartTable(Model model, Consumer<Object[]> consumer) {
        super(model, consumer);
    }

    /**
     * Starts a row about a series up to a day. If the queue is not known that far, the measures become null and the
     * reason is set.
     */
    Row row(Series series, int speaksOfDay) {
        return new SeriesRow(series, series.isAvailable(speaksOfDay));
    }

    /** Starts a row whose measures are always known. */
    Row row(Series series) {
        return new SeriesRow(series, true);
    }

    /**
     * Writes the copied rows of a series, with the release and the last known day of this one.
     *
     * @return the same table
     */
    MartTable copy(Series series) {
        for (Map<String, Object> values : series.frozen().rows(model().table())) {
            Row row = row();
            for (Model.Column column : model().columns()) {
                row.set(
                        column.name(),
                        switch (column.name()) {
                            case "force" -> series.releaseKey().force();
                            case "data_as_at" -> series.dataAsAt();
                            case "release_id" -> series.releaseKey().releaseId().value();
                            case FrozenTables.IS_FROZEN -> true;
                            default -> values.get(column.name());
                        });
            }
            row.end();
        }
        return this;
    }

    private final class SeriesRow extends Row {

        private final FrozenRows frozen;
        private final boolean isAvailable;
        private final @Nullable String reason;

        SeriesRow(Series series, boolean isAvailable) {
            QueueSpec queue = series.queue();
            this.frozen = series.frozen();
            this.isAvailable = isAvailable;
            this.reason = queue.unavailableReason();
            setIfThere("force", series.releaseKey().force());
            setIfThere("queue", queue.name());
            setIfThere("queue_version", queue.version());
            setIfThere("item_unit", queue.itemUnit());
            setIfThere("slice", queue.sliceName(series.key()));
            setIfThere("slice_value", series.key().value());
            setIfThere("is_total", series.key().isTotal());
            setIfThere("is_available", isAvailable);
            setIfThere(FrozenTables.IS_FROZEN, false);
            setIfThere("data_as_at", LocalDate.ofEpochDay(queue.dataAsAt()));
            setIfThere("release_id", series.releaseKey().releaseId().value());
        }

        @Override
        public void end() {
            if (frozen.isFrozen(model().table(), get(FrozenTables.STARTS.getOrDefault(model().table(), "")))) {
                return;
            }
            if (isAvailable) {
                setIfThere("unavailable_reason", null);
            } else {
                withhold(words());
            }
            super.end();
        }

        private @Nullable String words() {
            if (model().lastValue().isEmpty() || reason == null) {
                return reason;
            }
            Object lastKnown = get(model().lastValue());
            return lastKnown == null ? null : reason + "; last known: " + lastKnown;
        }
    }
}
