package uk.fpw.query.shell;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;
import uk.fpw.query.ReadyQueries;
import uk.fpw.query.ReleaseManifest;

/**
 * Completes words of SQL, tables and columns of the release, and dot commands. Completes the columns of the tables that
 * the statement names, or of all tables if it names none.
 */
public final class SqlCompleter implements Completer {

    private static final Pattern ARGUMENT = Pattern.compile("\\s*\\.([A-Za-z]+)\\s+[^;]*");

    private final ReleaseManifest release;
    private final Supplier<List<String>> keywords;
    private @Nullable List<String> known;

    /**
     * Creates a completer for a release.
     *
     * @param keywords loaded on first use
     */
    public SqlCompleter(ReleaseManifest release, Supplier<List<String>> keywords) {
        this.release = release;
        this.keywords = keywords;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        candidates(line.line(), line.word(), line.cursor() - line.wordCursor())
                .distinct()
                .map(Candidate::new)
                .forEach(candidates::add);
    }

    private Stream<String> candidates(String line, String word, int begin) {
        String before = line.substring(0, begin);
        if (before.isBlank() && word.startsWith(".")) {
            return Stream.of(Shell.Command.values()).map(Shell.Command::word);
        }
        Matcher argument = ARGUMENT.matcher(before);
        if (argument.matches()) {
            return arguments(argument.group(1).toUpperCase(Locale.ROOT));
        }
        Stream<String> tables = release.tables().stream().map(ReleaseManifest.Table::name);
        if (word.contains(".")) {
            Stream<String> columns = release.tables().stream()
                    .filter(table -> word.startsWith(table.name() + "."))
                    .flatMap(table -> table.columns().stream().map(column -> table.name() + "." + column.name()));
            return Stream.concat(tables, columns);
        }
        return Stream.of(columns(line), tables, words(word)).flatMap(all -> all);
    }

    private Stream<String> arguments(String command) {
        return switch (command) {
            case "DESCRIBE", "DEFINITION" -> release.tables().stream().map(ReleaseManifest.Table::name);
            case "RUN", "SHOW" -> ReadyQueries.all().stream().map(ReadyQueries.ReadyQuery::name);
            case "FORMAT" -> Stream.of("table", "csv", "json");
            default -> Stream.empty();
        };
    }

    private Stream<String> columns(String line) {
        List<ReleaseManifest.Table> named = release.tables().stream()
                .filter(table -> line.contains(table.name()))
                .toList();
        return (named.isEmpty() ? release.tables() : named)
                .stream().flatMap(table -> table.columns().stream()).map(ReleaseManifest.Column::name);
    }

    /** Matches the user's case: upper case after a capital letter. */
    private Stream<String> words(String word) {
        if (known == null) {
            known = keywords.get();
        }
        boolean inCapitals = !word.isEmpty() && Character.isUpperCase(word.charAt(0));
        return known.stream().map(each -> inCapitals ? each.toUpperCase(Locale.ROOT) : each);
    }
}
