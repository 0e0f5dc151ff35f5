package uk.fpw.report.dictionary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the search of the dictionary looks through, as a script that sets {@code dictionary}: pages opened from a folder
 * may load a script, but no data.
 */
final class SearchIndex {

    private static final String SYNONYMS = "/uk/fpw/report/dictionary/synonyms.txt";

    private SearchIndex() {}

    /**
     * The script: for each entry its name, what it is, what it means and its page; and words with others for the same.
     */
    static String of(List<IndexModel.Entry> entries) {
        List<List<String>> rows = entries.stream()
                .map(entry -> List.of(
                        entry.link().text(),
                        entry.about(),
                        entry.text(),
                        entry.link().href()))
                .toList();
        try {
            return "var dictionary = "
                    + new ObjectMapper()
                            .writeValueAsString(Map.of("entries", rows, "synonyms", synonyms()))
                            .replace("<", "\\u003c")
                    + ";\n";
        } catch (JsonProcessingException failed) {
            throw new IllegalStateException("texts cannot be written as JSON", failed);
        }
    }

    /** Words of a reader, each with the words of the dictionary for the same. */
    static Map<String, List<String>> synonyms() {
        try (InputStream in = Objects.requireNonNull(SearchIndex.class.getResourceAsStream(SYNONYMS), SYNONYMS)) {
            Map<String, List<String>> synonyms = new LinkedHashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split(": ", 2))
                    .forEach(line -> synonyms.put(line[0], Arrays.asList(line[1].split(", "))));
            return synonyms;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + SYNONYMS, failed);
        }
    }
}
