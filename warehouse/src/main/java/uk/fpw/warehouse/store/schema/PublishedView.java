package uk.fpw.warehouse.store.schema;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import uk.fpw.model.Model;

/**
 * A view for readers.
 *
 * @param schema {@code mart}, {@code mart_releases}, {@code bi}, {@code bi_detail} or {@code bi_releases}
 * @param columns its columns in order
 * @param query select statement understood by both H2 and PostgreSQL
 * @param reads qualified names of tables and views that the query reads; ordered, because they are part of a digest
 * @param isOpen whether BI tools may read it
 * @param isOld whether it is a name of an earlier version: kept where it exists, but created nowhere
 */
record PublishedView(
        String schema,
        String name,
        String comment,
        List<Model.Column> columns,
        String query,
        Set<String> reads,
        boolean isOpen,
        boolean isOld) {

    PublishedView {
        reads = Collections.unmodifiableSortedSet(new TreeSet<>(reads));
    }

    /** Qualified name, such as {@code bi.queue_daily}. */
    String qualifiedName() {
        return schema + "." + name;
    }
}
