package uk.fpw.nightly.cli.keep;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import uk.fpw.ingest.ErasureInput;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.ledger.Erasures;

/** Which rows a command removes: exactly one is given. Values are never arguments. */
class RemovalSubject {

    @Option(
            names = "--person-file",
            paramLabel = "FILE",
            description =
                    "Values of people: each version of a row that has one in a pseudonymised column, in any " + "feed.")
    private @Nullable String people;

    @Option(
            names = "--case-file",
            paramLabel = "FILE",
            description = "Values of cases in pseudonymised columns. They are found as those of people are.")
    private @Nullable String cases;

    @Option(names = "--key-file", paramLabel = "FILE", description = "Keys of rows of the feed that --feed names.")
    private @Nullable String keys;

    /** Whether keys of rows are given. */
    boolean hasKeys() {
        return keys != null;
    }

    /** The kind of what is given, for the record. */
    Erasures.Kind kind() {
        return people != null ? Erasures.Kind.PERSON : cases != null ? Erasures.Kind.CASE : Erasures.Kind.ROW;
    }

    /**
     * What the lines name, as the tables of a warehouse contain it.
     *
     * @param feed name of the feed whose keys they are; null for values
     */
    ErasureInput input(Force read, @Nullable String feed, Pseudonymiser key, List<String> lines) {
        if (keys == null) {
            return ErasureInput.ofValues(read, key, lines);
        }
        Feed named = read.feeds().stream()
                .filter(one -> one.name().equals(feed))
                .findFirst()
                .orElseThrow(() -> FpwException.configuration("there is no feed '" + feed + "'; there are "
                        + read.feeds().stream().map(Feed::name).collect(Collectors.joining(", "))));
        return ErasureInput.ofKeys(named, key, lines);
    }

    /** The lines of the file; none if no file is given. */
    List<String> lines(Path workingFolder) {
        String file = people != null ? people : cases != null ? cases : keys;
        return file == null ? List.of() : lines(workingFolder, file);
    }

    /**
     * The lines of a file with values or keys; {@code -} is standard input or, without echo, the terminal.
     *
     * @throws FpwException with {@code CONFIGURATION} if there are none; the message does not name the file
     */
    static List<String> lines(Path workingFolder, String file) {
        List<String> lines;
        try {
            lines = file.equals("-")
                    ? typed()
                    : ErasureInput.lines(Files.readString(workingFolder.resolve(Path.of(file))));
        } catch (IOException unreadable) {
            throw FpwException.configuration(
                    "the file with values or keys does not exist or cannot be read as UTF-8 text (its name "
                            + "is not shown, lest it be a value). Nothing was changed",
                    unreadable);
        }
        if (lines.isEmpty()) {
            throw FpwException.configuration("the file with values or keys is empty: give one a line");
        }
        return lines;
    }

    @SuppressWarnings("SystemConsoleNull") // from Java 22 on there is one without a terminal, which reads as well
    private static List<String> typed() throws IOException {
        Console console = System.console();
        if (console == null) {
            return ErasureInput.lines(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                    .lines()
                    .collect(Collectors.joining("\n")));
        }
        List<String> lines = new ArrayList<>();
        while (true) {
            char[] line = console.readPassword(
                    lines.isEmpty() ? "Values or keys, not shown; an empty line ends them: " : "Next: ");
            if (line == null || new String(line).isBlank()) {
                return lines;
            }
            lines.add(new String(line));
        }
    }
}
