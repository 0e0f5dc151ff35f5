package uk.fpw.nightly.catalog;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.release.ReleaseFiles;

/**
 * Reads from the catalog and {@code ops} what readers may see. Tables with rows of single cases or people, and
 * {@code raw}, are among it only where each read is recorded.
 */
final class CatalogViewReader {

    private final WarehouseCatalog catalog;
    private final Releases releases;
    private final WithdrawnReleases withdrawn;
    private final boolean withSingleCases;

    CatalogViewReader(WarehouseCatalog catalog, DataSource dataSource, boolean withSingleCases) {
        this.catalog = catalog;
        this.releases = new Releases(dataSource);
        this.withdrawn = new WithdrawnReleases(dataSource);
        this.withSingleCases = withSingleCases;
    }

    CatalogView read() {
        SortedMap<String, SortedMap<String, CatalogView.Entry>> namespaces = new TreeMap<>();
        namespaces.put(WarehouseCatalog.MART, new TreeMap<>());
        if (withSingleCases) {
            namespaces.put(WarehouseCatalog.CORE, new TreeMap<>());
            namespaces.put(WarehouseCatalog.RAW, new TreeMap<>());
        }
        Release current = releases.current();
        if (current == null) {
            return new CatalogView(null, namespaces);
        }
        List<Release> kept = kept();
        for (Release.Table table : current.tables()) {
            boolean isAboutSingleCases =
                    Models.find(table.name()).map(Model::isAboutSingleCases).orElse(true);
            SortedMap<String, CatalogView.Entry> namespace = namespaces.get(namespace(table.name()));
            if (namespace != null && (withSingleCases || !isAboutSingleCases)) {
                namespace.put(
                        plain(table.name()),
                        entry(isAboutSingleCases, table.name(), stored -> released(stored, table, kept)));
            }
        }
        SortedMap<String, CatalogView.Entry> raw = namespaces.get(WarehouseCatalog.RAW);
        if (raw != null) {
            for (String feed : catalog.tables(WarehouseCatalog.RAW)) {
                raw.put(feed, entry(true, WarehouseCatalog.RAW + "." + feed, stored -> stored));
            }
        }
        return new CatalogView(current.releaseId(), namespaces);
    }

    /** The valid releases whose rows are kept. Others may still share a snapshot with one of them. */
    private List<Release> kept() {
        Set<ReleaseId> invalid = withdrawn.all().keySet();
        List<Release> kept = new ArrayList<>();
        for (ReleaseId id : releases.ids()) {
            if (!invalid.contains(id) && Files.exists(ReleaseFiles.path(catalog.warehouse(), id))) {
                Release release = releases.find(id);
                if (release != null) {
                    kept.add(release);
                }
            }
        }
        return kept;
    }

    /** The table; a damaged one does not keep readers from the others. */
    private CatalogView.Entry entry(boolean isAboutSingleCases, String name, UnaryOperator<TableMetadata> shown) {
        try {
            TableMetadata stored =
                    ((HasTableOperations) catalog.load(name)).operations().current();
            return new CatalogView.Entry(isAboutSingleCases, shown.apply(stored), "");
        } catch (RuntimeException unreadable) {
            return new CatalogView.Entry(
                    isAboutSingleCases,
                    null,
                    name + " cannot be served: " + unreadable.getMessage() + "; fpw verify says what is damaged");
        }
    }

    private static TableMetadata released(TableMetadata stored, Release.Table current, List<Release> kept) {
        SortedMap<String, Long> tags = new TreeMap<>();
        for (Release release : kept) {
            Release.Table version = release.table(current.name());
            if (version != null && stored.snapshot(version.snapshotId()) != null) {
                tags.put(release.releaseId().value(), version.snapshotId());
                String name = release.name();
                // a pin may have this name; its release then has its id alone
                if (name != null && !name.equals(SnapshotRef.MAIN_BRANCH)) {
                    tags.put(name, version.snapshotId());
                }
            }
        }
        return ReleasedMetadata.of(stored, current.snapshotId(), tags);
    }

    private static String namespace(String table) {
        return table.substring(0, table.indexOf('.'));
    }

    private static String plain(String table) {
        return table.substring(table.indexOf('.') + 1);
    }
}
