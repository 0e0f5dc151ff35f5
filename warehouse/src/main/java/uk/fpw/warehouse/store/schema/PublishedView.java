package uk.fpw.warehouse.store.schema;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import uk.fpw.model.Model;

/**
 * A view that readers see.
 *
 * @param schema {@code mart}, {@code mart_releases}, {@code bi} or {@code bi_releases}
 * @param columns its columns in order
 * @param query select statement that H2 and PostgreSQL both understand
 * @param reads qualified names of what the query reads, in order: the text of all views is their digest
 * @param isOpen whether BI tools may read it
 */
record PublishedView(
        String schema,
        String name,
        String comment,
        List<Model.Column> columns,
        String query,
        Set<String> reads,
        boolean isOpen) {

    PublishedView {
        reads = Collections.unmodifiableSortedSet(new TreeSet<>(reads));
    }

    /** Such as {@code bi.queue_daily}. */
    String qualifiedName() {
        return schema + "." + name;
    }
}
