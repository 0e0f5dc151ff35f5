package uk.fpw.nightly.audit;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.message.AuditRequest;

/**
 * The tables of a candidate or release that are audited.
 *
 * @param zone time zone of the force's days
 * @param definitions what the force defined, see {@link uk.fpw.warehouse.force.DefinedRows}
 * @param maxSpells see {@link AuditRequest}
 */
public record AuditedTables(
        ReleaseId releaseId,
        ZoneId zone,
        Map<String, String> definitions,
        List<AuditRequest.Table> tables,
        long maxSpells) {

    /** The files of one of the tables; none if it is not audited. */
    List<String> files(String table) {
        return tables.stream()
                .filter(one -> one.name().equals(table))
                .flatMap(one -> one.files().stream())
                .toList();
    }
}
