package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class CsvWriterTest {

    private static final List<QueryResult.Heading> HEADINGS =
            List.of(new QueryResult.Heading("queue", false), new QueryResult.Heading("waiting_count", true));

    @Test
    void nullIsAnEmptyFieldAndAnEmptyTextIsQuoted() throws IOException {
        QueryResult result = QueryResult.of(HEADINGS, List.of(Arrays.asList("a", null), Arrays.asList("", 7L)));

        assertThat(written(result)).isEqualTo("queue,waiting_count\r\na,\r\n\"\",7\r\n");
    }

    @Test
    void aTextThatASpreadsheetWouldRunGetsAnApostropheAndANumberDoesNot() throws IOException {
        assertThat(field("=1+1")).isEqualTo("'=1+1");
        assertThat(field("+44")).isEqualTo("'+44");
        assertThat(field("-")).isEqualTo("'-");
        assertThat(field("@sum")).isEqualTo("'@sum");
        assertThat(field("\t=1")).isEqualTo("'\t=1");
        assertThat(field("\r=1")).isEqualTo("\"'\r=1\"");
        assertThat(field("=\"a\",b")).isEqualTo("\"'=\"\"a\"\",b\"");
        assertThat(field(-5L)).isEqualTo("-5");
        assertThat(field(-0.25)).isEqualTo("-0.25");
        assertThat(field(new BigDecimal("-1E+3"))).isEqualTo("-1000");
    }

    @Test
    void fieldsAreQuotedWhereTheFormatNeedsIt() throws IOException {
        assertThat(field("Street, light")).isEqualTo("\"Street, light\"");
        assertThat(field("say \"no\"")).isEqualTo("\"say \"\"no\"\"\"");
        assertThat(field("two\nlines")).isEqualTo("\"two\nlines\"");
        assertThat(field(" padded ")).isEqualTo("\" padded \"");
        assertThat(field("Café")).isEqualTo("Café");
        assertThat(field(Map.of("k", "v"))).isEqualTo("\"{\"\"k\"\":\"\"v\"\"}\"");
        assertThat(field(true)).isEqualTo("true");
    }

    @Test
    void rowsBeyondTheLimitAreReported() throws IOException {
        StringWriter text = new StringWriter();

        ResultWriter.Written written = new CsvWriter()
                .write(
                        QueryResult.of(HEADINGS, List.of(List.of("a", 1L), List.of("b", 2L), List.of("c", 3L))),
                        2,
                        text);

        assertThat(text.toString()).isEqualTo("queue,waiting_count\r\na,1\r\nb,2\r\n");
        assertThat(written).isEqualTo(new ResultWriter.Written(2, true, false));
    }

    private static String field(Object cell) throws IOException {
        String text = written(QueryResult.of(List.of(new QueryResult.Heading("h", false)), List.of(List.of(cell))));
        assertThat(text).startsWith("h\r\n").endsWith("\r\n");
        return text.substring(3, text.length() - 2);
    }

    private static String written(QueryResult result) throws IOException {
        StringWriter text = new StringWriter();
        new CsvWriter().write(result, Long.MAX_VALUE, text);
        return text.toString();
    }
}
