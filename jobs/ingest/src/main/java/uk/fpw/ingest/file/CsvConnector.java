package uk.fpw.ingest.file;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.List;
import java.util.Objects;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.feed.FormatCheck;

/** Delimited text files with a header, optionally compressed with gzip. */
public final class CsvConnector implements FileConnector {

    static final String KIND = "csv";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String numbering() {
        return "line";
    }

    @Override
    public void check(FormatCheck feed) {
        String encoding = feed.options().text("encoding");
        if (encoding != null && !isCharset(encoding)) {
            feed.report(
                    "format.encoding",
                    "'" + encoding + "' is not a known encoding",
                    "use a name such as UTF-8 or windows-1252");
        }
        if (Objects.equals(feed.options().text("delimiter"), feed.options().text("quote"))) {
            feed.report("format", "has the same delimiter and quote", "use different characters");
        }
        for (String field : List.of("delimiter", "quote")) {
            String character = feed.options().text(field);
            if (character != null && character.matches("[\r\n]")) {
                feed.report("format." + field, "is a line break", "use another character");
            }
        }
    }

    @Override
    public SourceRows open(FeedFile file) {
        return CsvRows.open(file, CsvFormat.of(options(file.dropped().format())));
    }

    private static boolean isCharset(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalCharsetNameException noName) {
            return false;
        }
    }
}
