package uk.fpw.metrics;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import uk.fpw.process.ParentWatchdog;
import uk.fpw.process.RunFiles;
import uk.fpw.warehouse.message.MetricsRequest;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.files.WarehouseFileSystem;

/**
 * The Spark process. {@code MetricsMain <run file>} serves one run. {@code MetricsMain -} serves a date range: each
 * line of standard input is the path of a run file, and after each result follows a line on standard output, see
 * {@link RunFiles#ANSWERED}. A run sends one file to prepare before it loads its feeds, and one to compute after
 * that.
 *
 * <p>Exits normally once the result file is written, or when standard input closes between two runs; with a stack
 * trace if a result file could not be written; and at once if standard input closes during a run, which means that
 * the parent has died.
 */
public final class MetricsMain {

    private MetricsMain() {}

    /** Processes the run files and writes their result files. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException(
                    "usage: MetricsMain RUNFILE, or MetricsMain - to process several in turn");
        }
        WarehouseFileSystem.forgetOthers();
        try (SessionPool sessions = new SessionPool()) {
            if (arguments[0].equals("-")) {
                RequestReader requests = RequestReader.read(System.in);
                for (Path runFile = requests.next(); runFile != null; runFile = requests.next()) {
                    process(runFile, sessions);
                    requests.markAnswered();
                    System.out.println(RunFiles.ANSWERED + runFile);
                    System.out.flush();
                }
            } else {
                ParentWatchdog.start(System.in);
                process(Path.of(arguments[0]), sessions);
            }
        }
    }

    private static void process(Path runFile, SessionPool sessions) {
        MetricsRequest request = RunFiles.read(runFile, MetricsRequest.class);
        if (System.getProperty(LogLayout.LOG_PROPERTY) == null) {
            System.setProperty(
                    LogLayout.LOG_PROPERTY, request.folder().sparkLog().toString());
        }
        if (request.task() == MetricsRequest.Task.PREPARE) {
            prepare(request, sessions);
        } else {
            RunFiles.write(process(request, sessions), request.resultFile());
        }
    }

    /** A failure here is only logged: it recurs when the run is computed, and is reported then. */
    private static void prepare(MetricsRequest request, SessionPool sessions) {
        try {
            new MetricsTask(request, new MetricsProgress(System.out, System::nanoTime)).prepare(sessions);
        } catch (Exception failed) {
            LogManager.getLogger(MetricsMain.class).warn("run {} could not be prepared", request.name(), failed);
        }
    }

    private static MetricsResult process(MetricsRequest request, SessionPool sessions) {
        MetricsProgress progress = new MetricsProgress(System.out, System::nanoTime);
        try {
            return new MetricsTask(request, progress).run(sessions);
        } catch (Exception failed) {
            // catches checked exceptions too: Scala throws some, such as Spark's AnalysisException, without declaring
            // them
            LogManager.getLogger(MetricsMain.class).error("the metrics of run {} failed", request.name(), failed);
            return MetricsResult.failed(
                    FailureMessages.message(failed), FailureMessages.exitCode(failed), progress.timings());
        }
    }
}
