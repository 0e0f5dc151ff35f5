package uk.fpw.nightly;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.release.ReleaseFiles;
import uk.fpw.warehouse.testing.ModelRows;

/** Releases of a warehouse whose tables hold the rows of a test; columns that a row does not set are null. */
final class ReleasedTables {

    private final Path warehouse;
    private final JdbcTemplate jdbc;
    private final WarehouseCatalog catalog;

    ReleasedTables(Path warehouse, JdbcTemplate jdbc, WarehouseCatalog catalog) {
        this.warehouse = warehouse;
        this.jdbc = jdbc;
        this.catalog = catalog;
    }

    /** Makes a release of these tables, which replaces another one and becomes current. */
    void release(ReleaseId id, @Nullable ReleaseId replaced, Map<String, List<Map<String, Object>>> tables) {
        LocalDate day = id.businessDate();
        Instant releasedAt = day.plusDays(1).atTime(4, 0).toInstant(ZoneOffset.UTC);
        jdbc.update(
                "insert into ops.release (release_id, run_id, business_date, released_at, software_version, "
                        + "force_digest, digest) values (?, ?, ?, ?, '1', 'f', 'd')",
                id.value(),
                day + "-20160201T040000-0a1b",
                day,
                releasedAt.atOffset(ZoneOffset.UTC));
        tables.forEach((table, rows) -> jdbc.update(
                "insert into ops.release_table (release_id, table_name, snapshot_id, row_count, digest) values "
                        + "(?, ?, ?, ?, 'd')",
                id.value(),
                table,
                ModelRows.overwrite(catalog, id, table, rows),
                rows.size()));
        jdbc.update(
                "insert into ops.release_step (release_id, replaced_release_id, figure_count, changed_count) values "
                        + "(?, ?, 0, 0)",
                id.value(),
                replaced == null ? null : replaced.value());
        jdbc.update("delete from ops.current_release");
        jdbc.update("insert into ops.current_release (release_id) values (?)", id.value());
        ReleaseFiles.write(
                warehouse,
                new ReleaseFile(
                        new ReleaseFile.Made(id, day, releasedAt),
                        new ReleaseFile.Owner("test_force", "Test force", ZoneId.of("Europe/London")),
                        new ReleaseFile.Versions("1", "f", null, "d"),
                        List.of(),
                        List.of()));
    }

    /** Marks a release that is not current as withdrawn. */
    void withdraw(ReleaseId id, Instant at) {
        jdbc.update(
                "update ops.release set withdrawn_at = ?, withdrawn_by = 'sam', withdrawn_reason = 'wrong file' where "
                        + "release_id = ?",
                at.atOffset(ZoneOffset.UTC),
                id.value());
    }
}
