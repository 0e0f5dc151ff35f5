package uk.fpw.query;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Csv;

/** Writes CSV as {@link Csv} does, with a header. A map or a list is written as JSON. */
final class CsvWriter implements ResultWriter {

    @Override
    public Written write(QueryResult result, long maxRows, Writer out) throws IOException {
        Csv.append(result.headings().stream().map(QueryResult.Heading::name).toList(), out);
        long count = 0;
        while (result.rows().hasNext()) {
            if (count == maxRows) {
                return new Written(count, true, false);
            }
            List<@Nullable Object> fields = new ArrayList<>();
            for (Object cell : result.rows().next()) {
                fields.add(field(cell));
            }
            Csv.append(fields, out);
            count++;
        }
        return new Written(count, false, false);
    }

    private static @Nullable Object field(@Nullable Object cell) {
        return cell == null || cell instanceof Boolean || QueryResult.isNumber(cell) ? cell : JsonText.of(cell);
    }
}
