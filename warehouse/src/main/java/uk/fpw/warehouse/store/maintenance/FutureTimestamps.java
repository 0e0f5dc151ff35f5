package uk.fpw.warehouse.store.maintenance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Corrects commits made while the clock was ahead. Iceberg rejects commits with a timestamp before that of the last
 * one, so the table could not be written until the clock has caught up. The committed data is valid, and nothing here
 * depends on the timestamp. The caller holds the lock.
 */
public final class FutureTimestamps {

    private static final Logger LOG = LoggerFactory.getLogger(FutureTimestamps.class);

    /** Difference between clocks that Iceberg tolerates. */
    private static final long TOLERANCE_MILLIS = 60_000;

    private FutureTimestamps() {}

    /**
     * Replaces timestamps in the future by the current time. A table with damaged metadata is skipped.
     *
     * @return number of corrected tables
     */
    public static int correct(WarehouseCatalog catalog, LockGuard guard) {
        // Iceberg uses the system clock for its commits, regardless of the clock of the run.
        long now = System.currentTimeMillis();
        int corrected = 0;
        for (String namespace : WarehouseCatalog.NAMESPACES) {
            for (String name : catalog.tables(namespace)) {
                Table table = loadUnlessDamaged(catalog, namespace + "." + name);
                if (table == null) {
                    continue;
                }
                TableOperations operations = ((HasTableOperations) table).operations();
                if (operations.current().lastUpdatedMillis() > now + TOLERANCE_MILLIS) {
                    guard.check();
                    rewriteTimestamps(operations, moment -> Math.min(moment, now));
                    LOG.info("{}.{}: commits made while the clock was ahead get new timestamps", namespace, name);
                    corrected++;
                }
            }
        }
        return corrected;
    }

    private static @Nullable Table loadUnlessDamaged(WarehouseCatalog catalog, String name) {
        try {
            return catalog.load(name);
        } catch (RuntimeException failed) {
            if (Damage.filesNamedBy(failed).isEmpty()) {
                throw failed;
            }
            LOG.warn("{}: its metadata is damaged, so its timestamps were not corrected", name, failed);
            return null;
        }
    }

    /** Replaces all timestamps in the metadata of a table; the mapping must preserve their order. */
    static void rewriteTimestamps(TableOperations operations, LongUnaryOperator moment) {
        TableMetadata current = operations.current();
        try {
            ObjectMapper json = new ObjectMapper();
            ObjectNode metadata = (ObjectNode) json.readTree(TableMetadataParser.toJson(current));
            metadata.withArray("metadata-log")
                    .addObject()
                    .put("timestamp-ms", current.lastUpdatedMillis())
                    .put("metadata-file", current.metadataFileLocation());
            for (String list : List.of("snapshots", "snapshot-log", "metadata-log")) {
                metadata.path(list).forEach(entry -> replace((ObjectNode) entry, "timestamp-ms", moment));
            }
            replace(metadata, "last-updated-ms", moment);
            operations.commit(current, TableMetadataParser.fromJson(json.writeValueAsString(metadata)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the metadata of a table is always JSON", impossible);
        }
    }

    private static void replace(ObjectNode node, String field, LongUnaryOperator moment) {
        JsonNode value = node.path(field);
        node.put(field, moment.applyAsLong(value.asLong()));
    }
}
