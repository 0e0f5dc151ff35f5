package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.FpwHere;

/**
 * The completion script knows every command and option, including those of {@code fpw query}, which is another program.
 */
class CompletionIT {

    private static final Pattern OPTION = Pattern.compile("(?m)^ +(?:-\\w, )?(--[a-z-]+)");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void scriptOffersEveryOptionOfEveryCommand() throws Exception {
        String script = fpw("completion");

        Path file = Files.writeString(folder.resolve("fpw.bash"), script);
        Process bash = new ProcessBuilder("bash", "-n", file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        StringWriter help = new StringWriter();
        QueryHere.run(Map.of(), folder, new PrintWriter(help), new PrintWriter(help), "--help");
        assertThat(options(script, "query")).containsAll(options(help.toString()));
        StringWriter shell = new StringWriter();
        QueryHere.runShell(folder, new PrintWriter(shell), "--help");
        assertThat(options(script, "shell")).containsAll(options(shell.toString()));
        for (String command : new String[] {"nightly", "status", "check", "export", "rejections"}) {
            assertThat(options(script, command)).as(command).containsAll(options(fpw(command, "--help")));
        }
    }

    private String fpw(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(FpwHere.run(Map.of(), folder, folder, stream, stream, arguments))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Set<String> options(String help) {
        Set<String> options = new TreeSet<>();
        Matcher found = OPTION.matcher(help);
        while (found.find()) {
            options.add(found.group(1));
        }
        assertThat(options).contains("--help");
        return options;
    }

    /** The completions after one command. */
    private static Set<String> options(String script, String command) {
        String function = script.substring(script.indexOf("function _picocli_fpw_" + command + "() {"));
        String lists = function.substring(0, function.indexOf("\n}\n"));
        Set<String> options = new TreeSet<>();
        Stream.of(lists.split("[^a-z-]+")).filter(word -> word.startsWith("--")).forEach(options::add);
        return options;
    }
}
