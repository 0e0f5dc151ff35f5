package uk.fpw.warehouse.store.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.files.DurableCommit;
import uk.fpw.warehouse.store.files.TableStorage;
import uk.fpw.warehouse.store.files.WarehouseFileSystem;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * The state of a table before its last commit, for use when the latest metadata is damaged. Going back loses that one
 * commit.
 */
public final class EarlierMetadata {

    private final DataSource dataSource;
    private final String name;
    private final String current;
    private final WrittenFile.Comparison damaged;
    private final String earlier;

    private EarlierMetadata(
            DataSource dataSource, String name, String current, WrittenFile.Comparison damaged, String earlier) {
        this.dataSource = dataSource;
        this.name = name;
        this.current = current;
        this.damaged = damaged;
        this.earlier = earlier;
    }

    /**
     * The state before the last commit; null if there is no such table or its metadata is undamaged.
     *
     * @param storage the files of the table
     * @param name such as {@code raw.requests}
     * @throws FpwException with {@code DAMAGED} if the earlier metadata is damaged too or there is none
     */
    public static @Nullable EarlierMetadata of(TableStorage storage, DataSource dataSource, String name) {
        String[] parts = name.split("\\.", 2);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select metadata_location, previous_metadata_location from iceberg_tables where "
                                + "catalog_name = ? and table_namespace = ? and table_name = ?")) {
            statement.setString(1, CatalogSettings.NAME);
            statement.setString(2, parts[0]);
            statement.setString(3, parts[1]);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return null;
                }
                WrittenFile.Comparison current = storage.compare(rows.getString(1));
                if (current == null || !current.isDamaged()) {
                    return null;
                }
                String earlier = rows.getString(2);
                WrittenFile.Comparison before = earlier == null ? null : storage.compare(earlier);
                if (earlier == null || before == null || before.isDamaged()) {
                    throw Damage.of(
                            List.of(current),
                            "the state of " + name + " before its last commit is not known, or damaged too: only a "
                                    + "backup can restore it");
                }
                return new EarlierMetadata(dataSource, name, rows.getString(1), current, earlier);
            }
        } catch (SQLException failed) {
            throw unavailable(failed);
        }
    }

    /** The table in that state, read-only. */
    public Table table() {
        WarehouseFileIO io = new WarehouseFileIO();
        io.setConf(WarehouseFileSystem.configuration());
        return new BaseTable(new StaticTableOperations(earlier, io), name);
    }

    /** Makes this the current state of the table. The damaged file is kept. */
    public void use(LockGuard guard) {
        guard.check();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update iceberg_tables set metadata_location = ?, previous_metadata_location = null where "
                                + "catalog_name = ? and metadata_location = ?")) {
            update.setString(1, earlier);
            update.setString(2, CatalogSettings.NAME);
            update.setString(3, current);
            if (update.executeUpdate() != 1) {
                throw new IllegalStateException(name + " was changed by another process; run again");
            }
            DurableCommit.sync(connection);
        } catch (SQLException failed) {
            throw unavailable(failed);
        }
    }

    /** Reports the damage and the first thing to do. */
    public FpwException damage(String first) {
        return Damage.of(List.of(damaged), first);
    }

    private static FpwException unavailable(SQLException failed) {
        return FpwException.unavailable(
                "the catalog does not respond: " + DatabaseErrors.reason(failed) + "; try again", failed);
    }
}
