package uk.fpw.query;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an array of objects, one per line; null values are written as null. */
final class JsonWriter implements ResultWriter {

    @Override
    public Written write(QueryResult result, long maxRows, Writer out) throws IOException {
        long count = 0;
        boolean hasMore = false;
        out.write("[");
        while (result.rows().hasNext()) {
            if (count == maxRows) {
                hasMore = true;
                break;
            }
            out.write(count == 0 ? "\n" : ",\n");
            row(result.headings(), result.rows().next(), out);
            count++;
        }
        out.write("\n]\n");
        return new Written(count, hasMore, false);
    }

    private static void row(List<QueryResult.Heading> headings, List<@Nullable Object> row, Writer out)
            throws IOException {
        try (JsonGenerator json = JsonText.generator(out)) {
            json.writeStartObject();
            for (int column = 0; column < row.size(); column++) {
                json.writeFieldName(headings.get(column).name());
                JsonText.write(row.get(column), json);
            }
            json.writeEndObject();
        }
    }
}
