package uk.fpw.audit;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import uk.fpw.process.ParentWatchdog;
import uk.fpw.process.RunFiles;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.ClosureRequest;
import uk.fpw.warehouse.message.ClosureResult;

/**
 * The audit process of a run: {@code AuditMain audit <run file>}, or {@code AuditMain closures <run file>} when many
 * items have left a queue. Exits normally once the result file is written; exits at once if standard input closes,
 * which means that the parent has died.
 */
public final class AuditMain {

    private AuditMain() {}

    /** Processes the run file and writes its result file. */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("usage: AuditMain audit|closures RUNFILE");
        }
        ParentWatchdog.start(System.in);
        Path runFile = Path.of(arguments[1]);
        String memory = System.getenv(AuditRequest.MEMORY_VARIABLE);
        switch (arguments[0]) {
            case AuditRequest.WORD -> {
                AuditRequest request = RunFiles.read(runFile, AuditRequest.class);
                RunFiles.write(
                        resultOf(() -> CandidateAudit.of(request, memory), AuditResult::failed),
                        Path.of(request.resultFile()));
            }
            case ClosureRequest.WORD -> {
                ClosureRequest request = RunFiles.read(runFile, ClosureRequest.class);
                RunFiles.write(
                        resultOf(() -> MassClosures.of(request, memory), ClosureResult::failed),
                        Path.of(request.resultFile()));
            }
            default -> throw new IllegalArgumentException("unknown command '" + arguments[0] + "'");
        }
    }

    private static <T> T resultOf(Supplier<T> work, Function<String, T> failed) {
        try {
            return work.get();
        } catch (RuntimeException failure) {
            failure.printStackTrace();
            return failed.apply(String.valueOf(failure.getMessage()));
        } catch (LinkageError unloadable) {
            unloadable.printStackTrace();
            return failed.apply("DuckDB's native library cannot be loaded from lib/query; install an archive that was "
                    + "built on a machine of this kind (" + System.getProperty("os.arch")
                    + "), in a folder from which programs may be run");
        }
    }
}
