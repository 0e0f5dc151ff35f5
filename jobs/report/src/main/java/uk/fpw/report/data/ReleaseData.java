package uk.fpw.report.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Models;
import uk.fpw.query.AvailableReleases;
import uk.fpw.query.QueryResult;
import uk.fpw.query.QuerySession;
import uk.fpw.query.ReleaseManifest;

/**
 * The tables of one release, and nothing else. A table that an older release does not have is empty, and a missing
 * column is null, so that queries of this version do not fail; {@link #has} says what the release has.
 */
public final class ReleaseData implements AutoCloseable {

    private final ReleaseManifest manifest;
    private final QuerySession session;

    private ReleaseData(ReleaseManifest manifest, QuerySession session) {
        this.manifest = manifest;
        this.session = session;
    }

    /**
     * Opens a release.
     *
     * @throws uk.fpw.query.QueryException if there is no such release, or its files cannot be read
     */
    public static ReleaseData open(Path warehouse, ReleaseId releaseId) {
        ReleaseManifest manifest = new AvailableReleases(warehouse).read(releaseId.value());
        return new ReleaseData(manifest, QuerySession.open(manifest.completedBy(Models.all())));
    }

    /** The release's description of itself. */
    public ReleaseManifest manifest() {
        return manifest;
    }

    /** Whether the release has that table, such as {@code mart.queue_daily}, with all of these columns. */
    public boolean has(String table, String... columns) {
        return manifest.table(table)
                .map(found -> found.columns().stream()
                        .map(ReleaseManifest.Column::name)
                        .toList()
                        .containsAll(List.of(columns)))
                .orElse(false);
    }

    /** All rows of a query in DuckDB's SQL; meant for as many as fit on a page. */
    public List<Row> rows(String sql) {
        QueryResult result = session.run(sql);
        List<Row> rows = new ArrayList<>();
        result.rows().forEachRemaining(values -> {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < values.size(); i++) {
                row.put(result.headings().get(i).name(), values.get(i));
            }
            rows.add(new Row(row));
        });
        return rows;
    }

    /** The only row of a query. */
    public Row row(String sql) {
        List<Row> rows = rows(sql);
        if (rows.size() != 1) {
            throw new NoSuchElementException(rows.size() + " rows where one is expected");
        }
        return rows.get(0);
    }

    @Override
    public void close() {
        session.close();
    }
}
