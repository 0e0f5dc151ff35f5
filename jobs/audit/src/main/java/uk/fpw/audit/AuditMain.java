package uk.fpw.audit;

import java.nio.file.Path;
import java.util.List;
import uk.fpw.warehouse.run.AuditResult;
import uk.fpw.warehouse.run.AuditRun;
import uk.fpw.warehouse.run.ParentWatch;
import uk.fpw.warehouse.run.RunFiles;

/** The audit process of a night, {@code AuditMain <run file>}. Ends normally once the result file is written; ends at once if standard input ends, which means that the parent has died. */
public final class AuditMain {

    private AuditMain() {}

    /** Audits what the run file names and writes the result file that it names. */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("usage: AuditMain RUNFILE");
        }
        ParentWatch.begin(System.in);
        AuditRun run = RunFiles.readAuditRun(Path.of(arguments[0]));
        RunFiles.write(answer(run), Path.of(run.resultFile()));
    }

    private static AuditResult answer(AuditRun run) {
        try {
            return CandidateAudit.of(run, System.getenv(AuditRun.MEMORY_VARIABLE));
        } catch (RuntimeException failed) {
            failed.printStackTrace();
            return AuditResult.failed(String.valueOf(failed.getMessage()), List.of());
        } catch (LinkageError unloadable) {
            unloadable.printStackTrace();
            return AuditResult.failed(
                    "DuckDB's native library cannot be unpacked to or loaded from "
                            + System.getProperty("java.io.tmpdir")
                            + ", which must be writable, have 80 MB free and allow programs to run",
                    List.of());
        }
    }
}
