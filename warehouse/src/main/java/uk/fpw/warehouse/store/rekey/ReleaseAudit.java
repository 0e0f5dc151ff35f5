package uk.fpw.warehouse.store.rekey;

import java.util.List;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.warehouse.message.AuditResult;

/** Reads tables of a release, and counts its numbers again. */
@FunctionalInterface
public interface ReleaseAudit {

    /**
     * Audits tables.
     *
     * @param release whose they are
     * @param tables with their files, relative to the warehouse folder
     */
    AuditResult audit(ReleaseFile release, List<ReleaseFile.Table> tables);
}
