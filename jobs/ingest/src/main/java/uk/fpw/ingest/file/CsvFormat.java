package uk.fpw.ingest.file;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.fpw.warehouse.force.feed.FormatOptions;
import uk.fpw.warehouse.force.feed.Origin;

/**
 * The format of a delimited text file. The extension {@code .gz} means gzip. A byte-order mark is skipped if the
 * encoding has one.
 *
 * @param nullMarkers trimmed field texts that mean null; includes the empty text unless the feed says otherwise
 */
public record CsvFormat(Charset encoding, char delimiter, char quote, Set<String> nullMarkers) {

    /** The format from the options of a feed that has been checked. */
    static CsvFormat of(FormatOptions options) {
        return new CsvFormat(
                Charset.forName(required(options, "encoding")),
                required(options, "delimiter").charAt(0),
                required(options, "quote").charAt(0),
                Set.copyOf(options.texts("null_markers")));
    }

    /** The format as declared in a feed. */
    public Origin.Format declared() {
        return new Origin.Format(
                CsvConnector.KIND,
                Map.of(
                        "encoding", encoding.name(),
                        "delimiter", String.valueOf(delimiter),
                        "quote", String.valueOf(quote),
                        "null_markers", List.copyOf(nullMarkers)));
    }

    private static String required(FormatOptions options, String name) {
        String text = options.text(name);
        if (text == null) {
            throw new IllegalStateException("format." + name + " has no default");
        }
        return text;
    }
}
