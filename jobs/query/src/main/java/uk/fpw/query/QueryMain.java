package uk.fpw.query;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code fpw query}: SQL over one release of the warehouse. */
public final class QueryMain {

    private static final int INTERNAL = 1;

    private QueryMain() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.getenv(), Path.of("").toAbsolutePath(), standardOut(), standardErr()));
    }

    /** The standard output, in UTF-8 regardless of the locale. */
    public static PrintWriter standardOut() {
        return utf8(FileDescriptor.out);
    }

    /** The standard error, in UTF-8 regardless of the locale. */
    public static PrintWriter standardErr() {
        return utf8(FileDescriptor.err);
    }

    /**
     * Runs the command.
     *
     * @param here folder against which relative paths are resolved
     * @return the exit code: 0 success, 1 a bug, 2 an error in the command line, the SQL or the force folder, 4 no
     *     release or unreadable files
     */
    static int run(String[] arguments, Map<String, String> environment, Path here, PrintWriter out, PrintWriter err) {
        int lineWidth = Integer.getInteger("fpw.columns", Integer.MAX_VALUE);
        return run(new QueryCommand(environment, here, System.in, lineWidth), arguments, out, err);
    }

    static int run(QueryCommand command, String[] arguments, PrintWriter out, PrintWriter err) {
        return execute("fpw query", new CommandLine(command), arguments, out, err);
    }

    /** Executes a command of this program; a failure is reported in one line that starts with the command's name. */
    public static int execute(String name, CommandLine command, String[] arguments, PrintWriter out, PrintWriter err) {
        int exitCode = command.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, ignored) -> {
                    err.println(name + ": " + wrong.getMessage() + "; see " + name + " --help");
                    return QueryException.WRONG;
                })
                .setExecutionExceptionHandler((failed, ignored, parsed) -> explain(name, failed, err))
                .execute(arguments);
        out.flush();
        err.flush();
        return exitCode;
    }

    private static int explain(String name, Exception failed, PrintWriter err) {
        if (failed instanceof QueryException failure) {
            err.println(name + ": " + failure.getMessage());
            return failure.exitCode();
        }
        if (failed instanceof java.io.IOException unwritable) {
            err.println(name + ": the result cannot be written: " + unwritable);
            return QueryException.WRONG;
        }
        err.println(
                name + ": unexpected error (probably a bug in this software); please report it with the details below");
        failed.printStackTrace(err);
        return INTERNAL;
    }

    private static PrintWriter utf8(FileDescriptor descriptor) {
        return new PrintWriter(
                new BufferedWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8)));
    }

    /** The version in the manifest of the jar. */
    public static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            @Nullable String version = QueryMain.class.getPackage().getImplementationVersion();
            return new String[] {"fpw " + (version == null ? "(not installed)" : version)};
        }
    }
}
