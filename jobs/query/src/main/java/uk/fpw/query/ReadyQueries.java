package uk.fpw.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ready-made queries of the sql module: {@code fpw/query/*.sql}, in the order of {@code fpw/query/index.txt}. The
 * first comment line of each is its question.
 */
public final class ReadyQueries {

    private static final String ROOT = "/fpw/query/";

    private ReadyQueries() {}

    /** Every ready-made query. */
    public static List<ReadyQuery> all() {
        return text("index.txt")
                .lines()
                .filter(line -> !line.isBlank())
                .map(ReadyQueries::read)
                .toList();
    }

    /**
     * The query of that name.
     *
     * @throws QueryException if there is none, listing the existing ones
     */
    public static ReadyQuery named(String name) {
        List<ReadyQuery> all = all();
        return all.stream()
                .filter(query -> query.name().equals(name))
                .findFirst()
                .orElseThrow(() -> QueryException.wrong("there is no ready-made query '" + name + "'; there are: "
                        + String.join(", ", all.stream().map(ReadyQuery::name).toList())
                        + ". See `fpw query --list` for their descriptions"));
    }

    private static ReadyQuery read(String name) {
        String sql = text(name + ".sql");
        String question = sql.lines().findFirst().orElse("").replaceFirst("^--\\s*", "");
        return new ReadyQuery(name, question, sql);
    }

    private static String text(String file) {
        @Nullable InputStream found = ReadyQueries.class.getResourceAsStream(ROOT + file);
        if (found == null) {
            throw new IllegalStateException("the sql module has no " + ROOT + file);
        }
        try (InputStream in = found) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** One ready-made query: its name, its question, its text. */
    public record ReadyQuery(String name, String question, String sql) {

        /** The parameters that {@code --param} accepts. */
        List<QueryParameters.Parameter> parameters() {
            return QueryParameters.of(sql);
        }
    }
}
