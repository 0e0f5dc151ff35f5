package uk.fpw.warehouse.store.rewrite;

import java.util.List;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.warehouse.message.AuditResult;

/** Reads tables of a release and recounts its numbers. */
@FunctionalInterface
public interface ReleaseAudit {

    /**
     * Audits tables of a release.
     *
     * @param release the release
     * @param tables tables with their files, relative to the warehouse folder
     */
    AuditResult audit(ReleaseFile release, List<ReleaseFile.Table> tables);
}
