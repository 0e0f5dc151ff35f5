package uk.fpw.nightly.catalog;

import java.io.IOException;
import java.util.List;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.look.LookLog;
import uk.fpw.warehouse.failure.FpwException;

/** Records each table of single cases or people that a reader opens, before it is served, with its reason. */
public final class RecordedLoads {

    private final LookLog log;
    private final String reason;

    /** Records in a log, which the caller closes. */
    public RecordedLoads(LookLog log, String reason) {
        this.log = log;
        this.reason = reason;
    }

    /**
     * Records one table, by its qualified name, at the release that is current.
     *
     * @throws FpwException with {@code UNAVAILABLE} if the record cannot be written: then nothing may be served
     */
    void record(ReleaseId current, String table) {
        try {
            log.read(current.value(), List.of(table), reason);
        } catch (IOException failed) {
            throw FpwException.unavailable("the read of " + table + " cannot be recorded: " + failed, failed);
        }
    }
}
