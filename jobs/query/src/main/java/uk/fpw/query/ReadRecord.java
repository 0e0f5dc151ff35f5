package uk.fpw.query;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.look.LookLog;
import uk.fpw.process.ProcessAccount;

/** The record of what one process reads of single cases or people, with the reason that the person gave. */
public final class ReadRecord implements AutoCloseable {

    private static final int LONGEST = 1000;

    private final WarehouseFolder warehouse;
    private final String command;
    private final String howToGive;
    private @Nullable String reason;
    private @Nullable LookLog log;

    /**
     * A record without a reason yet, in a warehouse folder.
     *
     * @param command such as {@code fpw query}
     * @param howToGive how the person gives a reason, such as {@code --reason TEXT}
     */
    public ReadRecord(Path warehouse, String command, String howToGive) {
        this.warehouse = new WarehouseFolder(warehouse);
        this.command = command;
        this.howToGive = howToGive;
    }

    /** Takes the reason of all reads from now on. */
    public void giveReason(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        if (line.isEmpty() || line.length() > LONGEST) {
            throw QueryException.wrong("the reason has " + line.length()
                    + " characters; give a reason of 1 to 1,000 characters with " + howToGive);
        }
        reason = line;
    }

    /**
     * Records a read before anything is shown.
     *
     * @throws QueryException if there is no reason, or the record cannot be written: then nothing may be shown
     */
    void read(ReleaseId release, List<String> tables) {
        String why = reason;
        if (why == null) {
            throw QueryException.wrong(String.join(", ", tables) + (tables.size() == 1 ? " has" : " have")
                    + " rows of single cases or people, and each read of them is on record: say why with " + howToGive);
        }
        LookLog open = log;
        if (open == null) {
            String by = ProcessAccount.nameWithLogin().orElseThrow(() -> QueryException.wrong(ProcessAccount.UNKNOWN));
            open = new LookLog(warehouse, command, by, Clock.systemUTC());
            log = open;
        }
        try {
            open.read(release.value(), tables, why);
        } catch (IOException failed) {
            throw unwritable("nothing is shown", failed);
        }
    }

    /** Records how many rows the latest read has shown. */
    void shown(long rows) {
        try {
            if (log != null) {
                log.shown(rows);
            }
        } catch (IOException failed) {
            throw unwritable("the number of rows is not on record", failed);
        }
    }

    private QueryException unwritable(String consequence, IOException failed) {
        return QueryException.unavailable(
                "the read cannot be recorded in " + warehouse.looks() + ", so " + consequence + ": "
                        + failed + ". The owner of the warehouse makes this folder with the next `fpw nightly`; a copy "
                        + "that cannot be written to cannot be read in this way",
                failed);
    }

    @Override
    public void close() {
        try {
            if (log != null) {
                log.close();
            }
        } catch (IOException failed) {
            throw unwritable("the end of the session is not on record", failed);
        }
    }
}
