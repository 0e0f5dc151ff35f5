package uk.fpw.nightly.acceptance;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types.NestedField;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.connection.DatabaseUrl;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.PostgresServer;

/**
 * Everything that a warehouse contains, as sorted lines of text, without what differs between runs: ids of loads, runs
 * and releases, times of the clock, and the number of attempts of a load. Two warehouses with the same knowledge are
 * equal line by line.
 */
final class WarehouseContent {

    /**
     * Columns of {@code raw} and {@code current} about the load of a row: which one brought it, when, its position
     * among the loads, and the position in its file, which Iceberg provides if other rows of the file are deleted.
     */
    private static final Set<String> OF_THE_LOAD = Set.of("_load_id", "_loaded_at", "_seq", "_pos");

    private static final String OF_CURRENT_RELEASE =
            " in (select run_id from ops.release where release_id in (select release_id from ops.current_release))";

    private final Force.Storage storage;
    private final String password;

    private WarehouseContent(Force.Storage storage) {
        this.storage = storage;
        this.password = storage.jdbcUrl().startsWith("jdbc:postgresql:") ? PostgresServer.PASSWORD : "";
    }

    /** The rows of {@code raw} only. */
    static List<String> raw(Force.Storage storage) {
        return new WarehouseContent(storage).rows(WarehouseCatalog.RAW);
    }

    static List<String> of(TrialForce force) {
        WarehouseContent content =
                new WarehouseContent(ForceFolder.read(force.folder()).storage());
        List<String> lines = new ArrayList<>();
        lines.addAll(content.rows(WarehouseCatalog.RAW));
        lines.addAll(content.rows(WarehouseCatalog.CURRENT));
        lines.addAll(content.ops());
        return lines;
    }

    /** The rows of every feed: {@code raw} or {@code current}. */
    private List<String> rows(String branch) {
        List<String> lines = new ArrayList<>();
        try (WarehouseCatalog catalog = WarehouseCatalog.open(storage, password)) {
            for (String feed : new TreeSet<>(catalog.tables(WarehouseCatalog.RAW))) {
                String name = branch + "." + feed;
                for (Record row : FeedBranch.rows(catalog, name)) {
                    StringBuilder line = new StringBuilder(name);
                    for (NestedField field : row.struct().fields()) {
                        if (!OF_THE_LOAD.contains(field.name())) {
                            line.append(" | ").append(field.name()).append('=').append(row.getField(field.name()));
                        }
                    }
                    lines.add(line.toString());
                }
            }
        }
        lines.sort(null);
        return lines;
    }

    private List<String> ops() {
        List<String> lines = new ArrayList<>();
        // a load that was repeated after a kill finds the rows that the first one committed unchanged
        lines.addAll(lines("""
                select feed, business_date, sum(loaded_count), sum(deleted_count), max(received_count), \
                max(repeated_count), max(refused_count), max(flagged_count), max(file_digest)
                from ops.feed_load where status = 'loaded' group by feed, business_date"""));
        lines.addAll(lines("select feed, business_date, load_id from ops.feed_load where status = 'loaded' and "
                + "received_count <> loaded_count + unchanged_count + repeated_count + "
                + "superseded_count + refused_count + kept_out_count"));
        lines.addAll(lines("""
                select distinct refusal.feed, business_date, line_number, row_key, field, code, refusal.message
                from ops.refusal as refusal inner join ops.feed_load as load on refusal.load_id = load.load_id where \
                load.status = 'loaded'"""));
        lines.addAll(lines("select feed, current_count, used_count, excluded_count from ops.feed_account where run_id"
                + OF_CURRENT_RELEASE));
        lines.addAll(lines("select feed, code, row_count from ops.exclusion_count where run_id" + OF_CURRENT_RELEASE));
        lines.addAll(lines("select table_name, code, severity, failed_count from ops.quality_result where run_id"
                + OF_CURRENT_RELEASE));
        lines.addAll(lines("""
                select business_date, digest from ops.release where release_id in (select release_id from \
                ops.current_release)"""));
        lines.addAll(lines("""
                select table_name, row_count, digest from ops.release_table where release_id in (select release_id \
                from ops.current_release)"""));
        lines.addAll(lines("""
                select feed, complete_to from ops.release_feed where release_id in (select release_id from \
                ops.current_release)"""));
        lines.addAll(lines("select 'a night that never ended: ' || run_id from ops.night where status = 'running'"));
        lines.addAll(
                lines("select 'a lock that is held: ' || run_id from ops.warehouse_lock where run_id is not null"));
        return lines;
    }

    private List<String> lines(String sql) {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(
                        DatabaseUrl.opening(storage.jdbcUrl()), storage.jdbcUser(), password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                StringBuilder line = new StringBuilder(sql.strip().split("\\s+where|\\n", 2)[0]).append(':');
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    line.append(" | ").append(rows.getString(column));
                }
                lines.add(line.toString());
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
        lines.sort(null);
        return lines;
    }
}
