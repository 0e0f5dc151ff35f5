package uk.fpw.metrics.figures;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.QueueSpec;
import uk.fpw.model.Model;

/**
 * The rows of one mart, given to whoever takes them as values in the order of the model's columns: text, {@code Boolean}, {@code Integer}, {@code Long}, {@code Double}, {@code LocalDate} or null.
 */
public final class MartTable {

    private final Model model;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Consumer<Object[]> taker;

    /** Rows of a mart. */
    public MartTable(Model model, Consumer<Object[]> taker) {
        this.model = model;
        this.taker = taker;
        for (Model.Column column : model.columns()) {
            positions.put(column.name(), positions.size());
        }
    }

    /** Begins a row of a series that speaks of the time up to a day; where the queue is not known that far, its measures will be null and the reason is given. */
    Row row(Series series, int speaksOfDay) {
        Row row = new Row(speaksOfDay <= series.queue().dataAsAt());
        QueueSpec queue = series.queue();
        row.setIfThere("force", series.candidate().force());
        row.setIfThere("queue", queue.name());
        row.setIfThere("queue_version", queue.version());
        row.setIfThere("item_unit", queue.itemUnit());
        row.setIfThere("slice", series.key().sliceName(queue));
        row.setIfThere("slice_value", series.key().value());
        row.setIfThere("is_total", series.key().isTotal());
        row.setIfThere("is_available", row.isAvailable);
        row.reason = queue.unavailableReason();
        row.setIfThere("data_as_at", LocalDate.ofEpochDay(queue.dataAsAt()));
        row.setIfThere("release_id", series.candidate().releaseId());
        return row;
    }

    /** Begins a row whose measures are always known. */
    Row row(Series series) {
        return row(series, QueueSpec.NONE);
    }

    /** A row that is being filled. */
    final class Row {

        private final boolean isAvailable;
        private final Object[] values = new Object[model.columns().size()];
        private final BitSet filled = new BitSet();
        private @Nullable String reason;

        private Row(boolean isAvailable) {
            this.isAvailable = isAvailable;
        }

        private void setIfThere(String column, Object value) {
            if (positions.containsKey(column)) {
                set(column, value);
            }
        }

        /** Sets a column. */
        Row set(String column, @Nullable Object value) {
            Integer position = positions.get(column);
            if (position == null) {
                throw new IllegalStateException(
                        model.table() + ".yml does not declare the column '" + column + "', which is computed");
            }
            values[position] = typed(model.columns().get(position), value);
            filled.set(position);
            return this;
        }

        /** Sets a column that holds a day. */
        Row setDay(String column, int day) {
            return set(column, LocalDate.ofEpochDay(day));
        }

        /** Hands the row over. */
        void end() {
            if (positions.containsKey("unavailable_reason")) {
                set("unavailable_reason", isAvailable ? null : words());
            }
            List<Model.Column> columns = model.columns();
            for (int i = 0; i < values.length; i++) {
                if (!filled.get(i)) {
                    throw new IllegalStateException(model.table() + ".yml declares the column '"
                            + columns.get(i).name() + "', which is not computed");
                }
                if (!isAvailable && model.isMasked(columns.get(i))) {
                    values[i] = null;
                }
            }
            taker.accept(values);
        }

        private @Nullable String words() {
            if (model.lastValue().isEmpty() || reason == null) {
                return reason;
            }
            Object lastKnown = values[positions.getOrDefault(model.lastValue(), 0)];
            return lastKnown == null ? null : reason + "; last known: " + lastKnown;
        }
    }

    private static @Nullable Object typed(Model.Column column, @Nullable Object value) {
        if (!(value instanceof Number number)) {
            return value;
        }
        return switch (column.type()) {
            case BIGINT -> number.longValue();
            case INT -> Math.toIntExact(number.longValue());
            case DOUBLE -> number.doubleValue();
            default -> throw new IllegalStateException("column " + column.name() + " holds no number");
        };
    }
}
