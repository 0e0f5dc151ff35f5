package uk.fpw.metrics;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.Queue;

/** The earliest day of an event that is believed. What the files say of themselves is enough, unless an event is dated before. */
final class FirstEvent {

    private static final String COLUMN = "occurred_on";

    /** For a force without a queue. */
    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

    private FirstEvent() {}

    /**
     * The day; null if there is no such event.
     *
     * @param events {@code core.event}, which is registered as view {@code event}
     * @param files its files
     */
    static @Nullable LocalDate on(SparkSession spark, Force force, Table events, List<DataFile> files) {
        LocalDate earliest = force.queues().stream()
                .map(Queue::earliestEntry)
                .min(LocalDate::compareTo)
                .orElse(EARLIEST);
        LocalDate first = null;
        for (DataFile file : files) {
            LocalDate ofFile = firstOf(events, file);
            if (ofFile == null || ofFile.isBefore(earliest)) {
                return asked(spark, earliest);
            }
            first = first == null || ofFile.isBefore(first) ? ofFile : first;
        }
        return first;
    }

    /** Null if the file does not say. */
    private static @Nullable LocalDate firstOf(Table events, DataFile file) {
        Map<Integer, ByteBuffer> least = file.lowerBounds();
        ByteBuffer bound = least == null
                ? null
                : least.get(events.schema().findField(COLUMN).fieldId());
        if (bound == null) {
            return null;
        }
        Integer day = Conversions.fromByteBuffer(Types.DateType.get(), bound);
        return LocalDate.ofEpochDay(day);
    }

    private static @Nullable LocalDate asked(SparkSession spark, LocalDate earliest) {
        Row found = spark.sql(
                        "select unix_date(min(occurred_on)) from event where occurred_on >= :earliest",
                        Map.of("earliest", earliest))
                .head();
        return found.isNullAt(0) ? null : LocalDate.ofEpochDay(found.getInt(0));
    }
}
