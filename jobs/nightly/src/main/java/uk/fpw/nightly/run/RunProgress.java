package uk.fpw.nightly.run;

import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the progress of the run in short lines, on standard output and in the log. */
public final class RunProgress {

    private static final Logger LOG = LoggerFactory.getLogger(RunProgress.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintStream out;
    private final Clock clock;
    private final ZoneId zone;
    private final @Nullable Consumer<String> details;

    /** Passes details to a consumer instead of printing them; prints them if it is null. */
    RunProgress(PrintStream out, Clock clock, ZoneId zone, @Nullable Consumer<String> details) {
        this.out = out;
        this.clock = clock;
        this.zone = zone;
        this.details = details;
    }

    /** Prints and logs one line. */
    public void report(String line) {
        out.println("  " + TIME.format(LocalTime.now(clock.withZone(zone))) + "  " + line);
        out.flush();
        LOG.info("{}", line);
    }

    /** Reports one line about a part of the work, such as one table. */
    void detail(String line) {
        if (details == null) {
            report(line);
        } else {
            details.accept(line);
            LOG.info("{}", line);
        }
    }
}
