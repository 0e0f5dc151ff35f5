package uk.fpw.metrics.table;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Model;
import uk.fpw.text.NameList;

/**
 * Builds the rows of one table and passes them to a consumer as values in the order of the model's columns: text,
 * {@code Boolean}, {@code Integer}, {@code Long}, {@code Double}, {@code LocalDate}, {@code OffsetDateTime} in UTC,
 * {@code Map} of texts, or null.
 */
public class TableRows {

    private static final int NONE = -1;

    private final Model model;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Consumer<Object[]> consumer;

    /** For each column, the column that rows set after it; -1 if not known yet. */
    private final int[] following;

    public TableRows(Model model, Consumer<Object[]> consumer) {
        this.model = model;
        this.consumer = consumer;
        for (Model.Column column : model.columns()) {
            positions.put(column.name(), positions.size());
        }
        this.following = new int[positions.size() + 1];
        Arrays.fill(following, NONE);
    }

    protected final Model model() {
        return model;
    }

    /** Starts a row. */
    public final Row row() {
        return new Row();
    }

    /** A row under construction: every column is set exactly once. */
    public class Row {

        private final Object[] values = new Object[model.columns().size()];
        private final BitSet filled = new BitSet();
        private int latest = NONE;

        protected Row() {}

        /** Sets a column, if the table has it. */
        protected final void setIfThere(String column, @Nullable Object value) {
            int position = position(column);
            if (position != NONE) {
                set(position, value);
            }
        }

        /** Sets a column. Numbers are converted to its type. */
        public final Row set(String column, @Nullable Object value) {
            int position = position(column);
            if (position == NONE) {
                throw new IllegalStateException(
                        model.table() + ".yml does not declare the column '" + column + "', which is computed");
            }
            set(position, value);
            return this;
        }

        /**
         * Sets a text column to names separated by commas: as many as fit, and the number of the others.
         *
         * @param none used if there are no names
         */
        public final Row setNames(String column, List<String> names, @Nullable String none) {
            Integer position = positions.get(column);
            return set(
                    column,
                    names.isEmpty() || position == null
                            ? none
                            : NameList.fitting(model.columns().get(position).length(), ", ", names));
        }

        /** Rows set their columns in the same order, so a column must only be looked up the first time. */
        private int position(String column) {
            int likely = following[latest + 1];
            if (likely == NONE || !model.columns().get(likely).name().equals(column)) {
                likely = positions.getOrDefault(column, NONE);
                following[latest + 1] = likely;
            }
            return likely;
        }

        private void set(int position, @Nullable Object value) {
            values[position] = typed(model.columns().get(position), value);
            filled.set(position);
            latest = position;
        }

        /** Sets a date column, given as days since 1970-01-01. */
        public final Row setDay(String column, int day) {
            return set(column, LocalDate.ofEpochDay(day));
        }

        /** Sets a timestamp column, given as microseconds since 1970 in UTC. */
        public final Row setMoment(String column, @Nullable Long micros) {
            return set(
                    column,
                    micros == null
                            ? null
                            : OffsetDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC));
        }

        /**
         * Withholds the measures, because a feed behind the row has not been loaded that far: sets them to null, and
         * sets the reason.
         */
        public final Row withhold(@Nullable String reason) {
            model.columns().stream().filter(model::isMasked).forEach(column -> set(column.name(), null));
            return set("unavailable_reason", reason);
        }

        /** Value of a column; null if not set. */
        protected final @Nullable Object get(String column) {
            Integer position = positions.get(column);
            return position == null ? null : values[position];
        }

        /** Passes the row on. */
        public void end() {
            List<Model.Column> columns = model.columns();
            int missing = filled.nextClearBit(0);
            if (missing < columns.size()) {
                throw new IllegalStateException(model.table() + ".yml declares the column '"
                        + columns.get(missing).name() + "', which is not computed");
            }
            consumer.accept(values);
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
            default -> throw new IllegalStateException("column " + column.name() + " contains no number");
        };
    }
}
