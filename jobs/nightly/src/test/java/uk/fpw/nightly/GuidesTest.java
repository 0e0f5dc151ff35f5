package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the guides call exists. {@code .ci/guides} runs it. */
class GuidesTest extends FpwTesting {

    private static final Path ROOT = Path.of("../..");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```$");

    /** A command in a block, at the beginning of a line or after what a shell or a function puts before it. */
    private static final Pattern COMMAND =
            Pattern.compile("(?m)(?:^ *|\\./|bin/|[;|(] *|as_fpw )fpw ([a-z-][^|;&)\\n]*)");

    private static final Pattern BETWEEN_BACKQUOTES = Pattern.compile("`(?:\\./)?fpw ([a-z-][^`]*)`");

    private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*");

    @Test
    void everyCommandAndOptionOfTheGuidesExists() throws IOException {
        List<String> unknown = new ArrayList<>();
        int calls = 0;
        for (Path guide : guides()) {
            for (String call : calls(Files.readString(guide))) {
                calls++;
                String wrong = firstUnknown(call);
                if (!wrong.isEmpty()) {
                    unknown.add(ROOT.relativize(guide) + ": 'fpw " + call + "': there is no " + wrong);
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(calls).isGreaterThan(300);
    }

    @Test
    void namesTheFirstUnknownWordOfACall() {
        assertThat(firstUnknown("status --force F --fail-unless-released-by=07:00"))
                .isEmpty();
        assertThat(firstUnknown("statuses")).isEqualTo("statuses");
        assertThat(firstUnknown("status --forces F")).isEqualTo("--forces");
        assertThat(firstUnknown("withdraw laod X")).isEqualTo("laod");
    }

    private static List<Path> guides() throws IOException {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
                            pages.filter(page -> page.toString().endsWith(".md")))
                    .toList();
        }
    }

    private static List<String> calls(String guide) {
        String shown = guide.replaceAll("(?s)<!--.*?-->", "");
        Stream<String> commands = BLOCK.matcher(shown)
                .results()
                .filter(block -> block.group(1).equals("bash"))
                .map(block -> withoutQuoted(block.group(2).replaceAll("\\\\\\n", " ")))
                .flatMap(block -> COMMAND.matcher(block).results())
                .map(call -> call.group(1));
        Stream<String> mentioned = BETWEEN_BACKQUOTES
                .matcher(BLOCK.matcher(shown).replaceAll(""))
                .results()
                .map(call -> withoutQuoted(call.group(1)));
        return Stream.concat(commands, mentioned).map(String::strip).toList();
    }

    private static String withoutQuoted(String call) {
        return call.replaceAll("(?m)(^|\\s)#.*$", "").replaceAll("\"[^\"]*\"|'[^']*'", "...");
    }

    private String firstUnknown(String call) {
        CommandLine command = Fpw.commandLine(context(Map.of()), call.split("\\s+", -1)[0], "--help");
        boolean isName = true;
        for (String word : call.split("\\s+", -1)) {
            String option = word.replaceAll("[=,.)\\]].*", "");
            if (isName && command.getSubcommands().containsKey(word)) {
                command = command.getSubcommands().get(word);
            } else if (option.startsWith("--") && !hasOption(command.getCommandSpec(), option)) {
                return option;
            } else if (isName
                    && NAME.matcher(word).matches()
                    && !command.getSubcommands().isEmpty()) {
                return word;
            } else {
                isName = false;
            }
        }
        return "";
    }

    /** Those of {@code fpw query} and {@code fpw shell} are passed on to a program of their own. */
    private static boolean hasOption(CommandSpec command, String option) {
        return command.optionsMap().containsKey(option)
                || !command.unmatchedArgsBindings().isEmpty();
    }
}
