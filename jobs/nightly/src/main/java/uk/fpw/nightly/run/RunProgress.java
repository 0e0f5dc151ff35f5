package uk.fpw.nightly.run;

import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prints the progress of the run in short lines, on standard output and in the log. */
public final class RunProgress {

    private static final Logger LOG = LoggerFactory.getLogger(RunProgress.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintStream out;
    private final Clock clock;
    private final ZoneId zone;

    RunProgress(PrintStream out, Clock clock, ZoneId zone) {
        this.out = out;
        this.clock = clock;
        this.zone = zone;
    }

    /** Says one line. */
    public void report(String line) {
        out.println("  " + TIME.format(LocalTime.now(clock.withZone(zone))) + "  " + line);
        out.flush();
        LOG.info("{}", line);
    }
}
