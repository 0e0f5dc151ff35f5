package uk.fpw.nightly.run;

import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.Exhaustion;
import uk.fpw.warehouse.store.look.LookImport;
import uk.fpw.warehouse.store.look.LookVerification;

/** The records of reads of single cases, which a run imports before it does anything else. No run depends on them. */
final class ReadRecords {

    private static final Logger LOG = LoggerFactory.getLogger(ReadRecords.class);

    private ReadRecords() {}

    /** Imports and checks them; says what failed, and whether something is wrong with them. */
    static void follow(DataSource dataSource, Path warehouse, Clock clock, RunProgress progress) {
        try {
            LOG.info(
                    "imported {} records of reads of single cases", new LookImport(dataSource, warehouse, clock).run());
            int problems = new LookVerification(dataSource, warehouse, clock)
                    .run()
                    .problems()
                    .size();
            if (problems > 0) {
                progress.report("the records of reads of single cases have " + Plural.grouped(problems, "problem")
                        + "; fpw looks --verify lists them");
            }
        } catch (RuntimeException failed) {
            LOG.warn("the records of reads of single cases were not imported", failed);
            progress.report("the records of reads of single cases were not imported: "
                    + Exhaustion.describe(failed, warehouse));
        }
    }
}
