package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class JsonWriterTest {

    @Test
    void anAnswerIsAnArrayOfObjects() throws IOException {
        assertThat(written(
                        List.of("queue", "waiting", "share", "is_total", "slices", "sum", "odd"),
                        List.of(
                                Arrays.asList(
                                        "a \"b\"",
                                        3L,
                                        0.25,
                                        true,
                                        Map.of("k", "v"),
                                        new BigInteger("12345678901234567890"),
                                        Double.NaN),
                                Arrays.asList("c", null, null, false, null, null, null))))
                .isEqualTo("""
                        [
                        {"queue":"a \\"b\\"","waiting":3,"share":0.25,"is_total":true,"slices":{"k":"v"},\
                        "sum":12345678901234567890,"odd":"NaN"},
                        {"queue":"c","waiting":null,"share":null,"is_total":false,"slices":null,"sum":null,"odd":null}
                        ]
                        """);
    }

    @Test
    void noRowsAreAnEmptyArray() throws IOException {
        assertThat(written(List.of("a"), List.of())).isEqualTo("[\n]\n");
    }

    private static String written(List<String> names, List<List<Object>> rows) throws IOException {
        StringWriter text = new StringWriter();
        new JsonWriter()
                .write(
                        QueryResult.of(
                                names.stream()
                                        .map(name -> new QueryResult.Heading(name, false))
                                        .toList(),
                                List.copyOf(rows)),
                        Long.MAX_VALUE,
                        text);
        return text.toString();
    }
}
