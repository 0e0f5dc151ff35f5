package uk.fpw.warehouse.store.rewrite;

import java.nio.file.Path;
import java.time.LocalDate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.erasure.ErasureList;
import uk.fpw.warehouse.store.evidence.EvidenceFolder;
import uk.fpw.warehouse.store.ledger.OpsDatabase;
import uk.fpw.warehouse.store.ledger.Restrictions;
import uk.fpw.warehouse.store.ledger.feed.Tombstones;

/**
 * Ends restrictions, which {@link Erasing} applies. Each method can be interrupted and repeated. The caller holds the
 * warehouse lock.
 */
public final class Restricting {

    private final OpsDatabase ops;
    private final EvidenceFolder folder;
    private final @Nullable ErasureList list;

    /**
     * Restrictions of a warehouse.
     *
     * @param list list of erasures; null if none is kept
     */
    public Restricting(DataSource dataSource, Path warehouse, @Nullable ErasureList list) {
        this.ops = new OpsDatabase(dataSource);
        this.folder = new EvidenceFolder(warehouse);
        this.list = list;
    }

    /**
     * Lifts a restriction: rows that a source still sends are loaded again. Its sealed file remains. If it was lifted
     * before, only the list of erasures is completed.
     */
    public void lift(Restrictions.Restriction restriction, Restrictions.End end) {
        Restrictions.End lifted = restriction.lifted() == null ? end : restriction.lifted();
        if (restriction.lifted() == null) {
            ops.inTransaction(statements -> {
                Tombstones.end(statements, restriction.id(), null);
                Restrictions.lift(statements, restriction.id(), end);
                return true;
            });
        }
        if (list != null) {
            list.change(restriction.id(), listed -> listed.lifted(lifted.at()));
        }
    }

    /**
     * Deletes the sealed file of a restriction and its key: the rows are erased from then on.
     *
     * @param until last business date on which they are kept out; null if the restriction was lifted before
     */
    public void erase(Restrictions.Restriction restriction, Restrictions.End end, @Nullable LocalDate until) {
        if (list != null && until != null) {
            // First, so that a restored backup is never restricted by it again.
            list.change(restriction.id(), listed -> listed.withoutSealedFile(until));
        }
        if (restriction.erased() == null) {
            ops.inTransaction(statements -> {
                if (until != null) {
                    Tombstones.end(statements, restriction.id(), until);
                }
                Restrictions.erase(statements, restriction.id(), end);
                return true;
            });
        }
        folder.delete(restriction.id());
    }
}
