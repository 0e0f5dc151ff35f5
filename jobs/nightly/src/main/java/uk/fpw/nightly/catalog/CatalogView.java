package uk.fpw.nightly.catalog;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;

/**
 * The tables that readers see at one moment, all of the same current release.
 *
 * @param current the current release; null if there is none, and then there are no tables
 * @param namespaces tables by namespace and plain name, such as {@code mart} and {@code queue_daily}
 */
record CatalogView(@Nullable ReleaseId current, SortedMap<String, SortedMap<String, Entry>> namespaces) {

    CatalogView {
        namespaces = new TreeMap<>(namespaces);
    }

    /**
     * One table.
     *
     * @param isAboutSingleCases whether each read is recorded
     * @param metadata null if it cannot be read
     * @param problem why it cannot be read, for the operator; empty if it can
     */
    record Entry(boolean isAboutSingleCases, @Nullable TableMetadata metadata, String problem) {}

    /** Plain names of the tables in a namespace; null if there is no such namespace. */
    @Nullable
    List<String> tables(String namespace) {
        SortedMap<String, Entry> found = namespaces.get(namespace);
        return found == null ? null : List.copyOf(found.keySet());
    }

    /** The table; null if readers have none of that name. */
    @Nullable
    Entry table(String namespace, String name) {
        SortedMap<String, Entry> found = namespaces.get(namespace);
        return found == null ? null : found.get(name);
    }
}
