package uk.fpw.metrics;

import java.nio.file.Path;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import uk.fpw.warehouse.run.MetricsResult;
import uk.fpw.warehouse.run.MetricsRun;
import uk.fpw.warehouse.run.RunFiles;

/**
 * The Spark process of a night: {@code MetricsMain <run file>}. Ends normally once the result file is written, whatever it says; ends with a stack trace if even that was not possible; ends at once
 * if standard input ends, which means that the parent has died.
 */
public final class MetricsMain {

    /** System property that names the log file; {@code runs/<run id>/spark.log} in the warehouse folder unless set. */
    static final String LOG_PROPERTY = "fpw.metrics.log";

    private MetricsMain() {}

    /** Does what the run file asks for and writes the result file it names. */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("usage: MetricsMain RUNFILE");
        }
        Parent.watch(System.in);
        MetricsRun run = RunFiles.readRun(Path.of(arguments[0]));
        if (System.getProperty(LOG_PROPERTY) == null) {
            System.setProperty(
                    LOG_PROPERTY,
                    run.warehouse()
                            .resolve("runs")
                            .resolve(run.runId())
                            .resolve("spark.log")
                            .toString());
        }
        RunFiles.write(answer(run), run.resultFile());
    }

    private static MetricsResult answer(MetricsRun run) {
        Progress progress = new Progress(System.out, System::nanoTime);
        try {
            return new Night(run, progress).run();
        } catch (RuntimeException failed) {
            LogManager.getLogger(MetricsMain.class).error("the metrics of run {} failed", run.runId(), failed);
            return new MetricsResult(
                    List.of(), List.of(), List.of(), List.of(), Failures.words(failed), progress.timings());
        }
    }
}
