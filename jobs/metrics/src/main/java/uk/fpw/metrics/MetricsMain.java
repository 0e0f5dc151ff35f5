package uk.fpw.metrics;

import java.nio.file.Path;
import java.util.List;
import uk.fpw.warehouse.run.MetricsResult;
import uk.fpw.warehouse.run.MetricsRun;
import uk.fpw.warehouse.run.RunFiles;

/** The Spark process of a night: {@code MetricsMain <run file>}. */
public final class MetricsMain {

    private MetricsMain() {}

    /** Does what the run file asks for and writes the result file it names. */
    public static void main(String[] arguments) {
        MetricsRun run = RunFiles.readRun(Path.of(arguments[0]));
        RunFiles.write(
                new MetricsResult(List.of(), List.of(), List.of(), List.of(), "not there yet", List.of()),
                run.resultFile());
    }
}
