package uk.fpw.nightly.acceptance;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.site.SiteResult;
import uk.fpw.nightly.program.ProgramStarter;
import uk.fpw.process.RunFiles;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.ClosureRequest;
import uk.fpw.warehouse.message.ClosureResult;

/**
 * The installed programs of the audit and of the pages, each in a thread of this JVM: another JVM would take about
 * three seconds of processor time per run. Tests of these processes, of their death or of their input use real ones.
 */
final class ProgramsHere implements ProgramStarter {

    private static final String AUDIT = "uk.fpw.audit.AuditMain";
    private static final String REPORT = "uk.fpw.report.ReportMain";

    private static final class Audit {
        static final Method OF = InstalledClasses.method(
                InstalledClasses.ofAudit(), "uk.fpw.audit.CandidateAudit", "of", AuditRequest.class, String.class);
        static final Method CLOSURES_OF = InstalledClasses.method(
                InstalledClasses.ofAudit(), "uk.fpw.audit.MassClosures", "of", ClosureRequest.class, String.class);
    }

    private static final class Report {
        static final Class<?> REQUEST =
                InstalledClasses.type(InstalledClasses.ofReport(), "uk.fpw.layout.site.SiteRequest");
        static final Method READ = InstalledClasses.method(
                InstalledClasses.ofReport(), "uk.fpw.process.RunFiles", "read", Path.class, Class.class);
        static final Method WRITE =
                InstalledClasses.method(InstalledClasses.ofReport(), "uk.fpw.report.Site", "write", REQUEST);
        static final Method WRITE_RESTRICTED =
                InstalledClasses.method(InstalledClasses.ofReport(), "uk.fpw.report.Site", "writeRestricted", REQUEST);
    }

    @Override
    public Process start(ProcessBuilder program) throws IOException {
        List<String> words = program.command();
        // after "-cp", the class path, and before the arguments
        int main = words.indexOf("-cp") + 2;
        if (!Set.of(AUDIT, REPORT).contains(words.get(main))) {
            return ProgramStarter.PROCESSES.start(program);
        }
        List<String> arguments = words.subList(main + 1, words.size());
        File log = Objects.requireNonNull(program.redirectOutput().file());
        return switch (words.get(main)) {
            case AUDIT ->
                new InThread(log, InstalledClasses.ofAudit(), out -> audit(arguments.get(0), arguments.get(1), out));
            default -> new InThread(log, InstalledClasses.ofReport(), out -> report(arguments, out));
        };
    }

    /** What {@code AuditMain} does. */
    private static int audit(String word, String file, PrintStream out) throws ReflectiveOperationException {
        Path runFile = Path.of(file);
        @Nullable String memory = System.getenv(AuditRequest.MEMORY_VARIABLE);
        if (word.equals(AuditRequest.WORD)) {
            AuditRequest request = RunFiles.read(runFile, AuditRequest.class);
            RunFiles.write(
                    result(Audit.OF, request, memory, AuditResult.class, AuditResult::failed, out),
                    Path.of(request.resultFile()));
        } else {
            ClosureRequest request = RunFiles.read(runFile, ClosureRequest.class);
            RunFiles.write(
                    result(Audit.CLOSURES_OF, request, memory, ClosureResult.class, ClosureResult::failed, out),
                    Path.of(request.resultFile()));
        }
        return 0;
    }

    private static <T> T result(
            Method work,
            Object request,
            @Nullable String memory,
            Class<T> type,
            Function<String, T> failed,
            PrintStream out)
            throws ReflectiveOperationException {
        try {
            return type.cast(work.invoke(null, request, memory));
        } catch (InvocationTargetException failure) {
            Throwable cause = Objects.requireNonNull(failure.getCause());
            cause.printStackTrace(out);
            return failed.apply(String.valueOf(cause.getMessage()));
        }
    }

    /** What {@code ReportMain} does. */
    private static int report(List<String> arguments, PrintStream out) throws ReflectiveOperationException {
        Method write = arguments.contains("restricted") ? Report.WRITE_RESTRICTED : Report.WRITE;
        SiteResult made;
        try {
            Object read = Report.READ.invoke(null, Path.of(arguments.get(0)), Report.REQUEST);
            made = new SiteResult((int) write.invoke(null, read), null);
        } catch (InvocationTargetException failure) {
            Throwable cause = Objects.requireNonNull(failure.getCause());
            cause.printStackTrace(out);
            made = SiteResult.failed(String.valueOf(cause.getMessage()));
        }
        RunFiles.write(made, Path.of(arguments.get(1)));
        return 0;
    }

    /** Work that returns an exit code. */
    @FunctionalInterface
    private interface Work {
        int run(PrintStream out) throws ReflectiveOperationException;
    }

    /** A program that runs in a thread; it cannot be killed, only interrupted. */
    private static final class InThread extends Process {

        private final CompletableFuture<Integer> exit = new CompletableFuture<>();
        private final Thread thread;

        InThread(File log, ClassLoader loader, Work work) {
            thread = new Thread(() -> run(log, work), "program");
            thread.setContextClassLoader(loader);
            thread.setDaemon(true);
            thread.start();
        }

        private void run(File log, Work work) {
            try (PrintStream out = new PrintStream(
                    Files.newOutputStream(log.toPath(), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    true,
                    StandardCharsets.UTF_8)) {
                exit.complete(work.run(out));
            } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError failed) {
                exit.completeExceptionally(failed);
            }
        }

        @Override
        public int waitFor() throws InterruptedException {
            try {
                return exit.get();
            } catch (ExecutionException failed) {
                throw new IllegalStateException("a program of the installation failed", failed.getCause());
            }
        }

        @Override
        public boolean waitFor(long time, TimeUnit unit) throws InterruptedException {
            try {
                exit.get(time, unit);
                return true;
            } catch (ExecutionException failed) {
                throw new IllegalStateException("a program of the installation failed", failed.getCause());
            } catch (TimeoutException late) {
                return false;
            }
        }

        @Override
        public int exitValue() {
            return exit.join();
        }

        @Override
        public void destroy() {
            if (!exit.isDone()) {
                thread.interrupt();
            }
        }

        @Override
        public Process destroyForcibly() {
            destroy();
            return this;
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }
    }
}
