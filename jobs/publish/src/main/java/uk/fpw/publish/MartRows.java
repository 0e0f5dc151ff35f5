package uk.fpw.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.StorageTimeouts;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * The published rows of every retained release: {@code mart_rows.*} in the relational database. The embedded database
 * writes and deletes them in parts (see {@link InsertWriter}), so a release that is not current may be incomplete.
 */
record MartRows(JdbcTemplate jdbc, LockGuard guard) {

    /** Writes the rows of a release, replacing those of an earlier attempt; returns their number. */
    long replace(Model mart, ReleaseId releaseId, CloseableIterable<Record> rows) {
        List<String> columns = mart.columns().stream().map(Model.Column::name).toList();
        Long written = jdbc.execute((ConnectionCallback<Long>) connection -> {
            delete(connection, mart, releaseId.value());
            long count = 0;
            try (rows;
                    RowWriter writer = RowWriter.to(connection, guard, table(mart), columns)) {
                for (Record row : rows) {
                    writer.write(values(mart, releaseId, row));
                    count++;
                }
                writer.finish();
            } catch (IOException failed) {
                throw new UncheckedIOException("cannot read " + mart.table(), failed);
            }
            return count;
        });
        return written == null ? 0 : written;
    }

    long count(Model mart, ReleaseId releaseId) {
        Long count = jdbc.execute((ConnectionCallback<Long>) connection -> {
            Long counted = allowingLong(connection)
                    .queryForObject(
                            "select count(*) from " + table(mart) + " where release_id = ?",
                            Long.class,
                            releaseId.value());
            return counted == null ? 0L : counted;
        });
        return count == null ? 0 : count;
    }

    /**
     * Deletes the rows of expired releases, and of candidates that never became a release. Rows of an earlier release
     * stay while a retained release still shows them.
     *
     * @param kept releases whose rows are retained
     * @param ids ids of all existing releases
     */
    void keepOnly(List<Release> kept, Set<ReleaseId> ids, List<Model> marts) {
        for (Model mart : marts) {
            Predicate<ReleaseId> isKept =
                    id -> ids.contains(id) && kept.stream().anyMatch(release -> isShown(id, release, mart));
            jdbc.execute((ConnectionCallback<Integer>) connection -> {
                JdbcTemplate statements = allowingLong(connection);
                for (String id = next(statements, mart, ""); id != null; id = next(statements, mart, id)) {
                    if (!isKept.test(ReleaseId.of(id))) {
                        delete(connection, mart, id);
                    }
                }
                return 0;
            });
        }
    }

    private void delete(Connection connection, Model mart, String releaseId) throws SQLException {
        JdbcTemplate statements = allowingLong(connection);
        String all = "delete from " + table(mart) + " where release_id = ?";
        if (RowWriter.isPostgres(connection)) {
            statements.update(all, releaseId);
            return;
        }
        String part = all + " fetch first " + InsertWriter.ROWS_PER_COMMIT + " rows only";
        while (statements.update(part, releaseId) > 0) {
            guard.check(connection);
            connection.commit();
        }
    }

    /** Whether a release shows the rows that release {@code id} added; {@code id} may be the release itself. */
    private static boolean isShown(ReleaseId id, Release release, Model mart) {
        Release.Table table = release.table(mart.table());
        ReleaseId from = table == null ? null : table.historyFrom();
        if (from == null || id.equals(release.releaseId())) {
            return id.equals(release.releaseId());
        }
        return id.compareTo(from) >= 0
                && id.compareTo(release.releaseId()) <= 0
                && !id.businessDate().isBefore(Models.historySince(release.businessDate()));
    }

    /** The next release with rows. Found through the key, without scanning the table. */
    private static @Nullable String next(JdbcTemplate statements, Model mart, String after) {
        return DataAccessUtils.singleResult(statements.queryForList(
                "select release_id from " + table(mart) + " where release_id > ? order by release_id limit 1",
                String.class,
                after));
    }

    /** For statements that touch all rows of a release, and so may take long. */
    private static JdbcTemplate allowingLong(Connection connection) throws SQLException {
        return new JdbcTemplate(new SingleConnectionDataSource(StorageTimeouts.allowLong(connection), true));
    }

    private static @Nullable Object[] values(Model mart, ReleaseId releaseId, Record row) {
        @Nullable Object[] values = new @Nullable Object[mart.columns().size()];
        for (int i = 0; i < values.length; i++) {
            Model.Column column = mart.columns().get(i);
            Object value = value(column, row.getField(column.name()));
            // rows written before the column existed have no value
            if (value == null && row.struct().field(column.name()) != null && !mart.mayBeNull(column)) {
                throw new IllegalStateException(
                        mart.table() + ": column " + column.name() + " has a null, which its model does not allow");
            }
            if (column.name().equals("release_id") && !releaseId.value().equals(value)) {
                throw new IllegalStateException(
                        mart.table() + ": a row belongs to release " + value + ", not to " + releaseId);
            }
            if (value instanceof String text && text.length() > column.length()) {
                throw new FpwException(
                        ExitCode.BAD_DATA,
                        mart.table() + ": column " + column.name() + " has a value of " + text.length()
                                + " characters, but at most " + column.length()
                                + " are allowed. Shorten it in the staging query or the "
                                + "queue definition where it comes from, then run again");
            }
            values[i] = value;
        }
        return values;
    }

    private static @Nullable Object value(Model.Column column, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (column.type()) {
            case TEXT -> value.toString();
            case BIGINT -> ((Number) value).longValue();
            case INT -> Math.toIntExact(((Number) value).longValue());
            case DOUBLE -> ((Number) value).doubleValue();
            case BOOLEAN, DATE, TIMESTAMP -> value;
            case MAP ->
                throw new IllegalStateException(
                        "column " + column.name() + " is a map, which is not allowed in a mart");
        };
    }

    private static String table(Model mart) {
        return "mart_rows." + mart.name();
    }
}
