package uk.fpw.nightly;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.cli.option.CliContext;

/** The command line, run in this process. */
abstract class FpwTesting {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();

    int run(Map<String, String> environment, String... arguments) {
        return Fpw.commandLine(context(environment), arguments).execute(arguments);
    }

    CliContext context(Map<String, String> environment) {
        return FpwHere.context(environment, folder, Clock.systemUTC(), out, err);
    }

    static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
