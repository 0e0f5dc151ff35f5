package uk.fpw.warehouse.store.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.RetentionPeriod;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;

/** Whether a feed has rows that were closed long ago, by the statistics of its files: no row is read. */
public final class ClosedVersions {

    private ClosedVersions() {}

    /**
     * Whether a version of a row of a feed with {@code retain} may say that it was closed before a day. False if none
     * does; true also if only an earlier version did.
     *
     * @param zone zone of the day if the row says when it was closed to the second
     */
    public static boolean areBefore(WarehouseCatalog catalog, Feed feed, LocalDate day, ZoneId zone) {
        RetentionPeriod period = feed.retain();
        Table table = catalog.find(WarehouseCatalog.RAW + "." + feed.name());
        if (period == null
                || table == null
                || table.currentSnapshot() == null
                || table.schema().findField(period.closedColumn()) == null) {
            return false;
        }
        boolean isDate = table.schema().findType(period.closedColumn()).typeId() == Type.TypeID.DATE;
        String first = isDate
                ? day.toString()
                : day.atStartOfDay(zone).toOffsetDateTime().toString();
        try (CloseableIterable<FileScanTask> files = table.newScan()
                .filter(Expressions.lessThan(period.closedColumn(), first))
                .planFiles()) {
            return files.iterator().hasNext();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read the list of files of " + table.name(), failed);
        }
    }
}
