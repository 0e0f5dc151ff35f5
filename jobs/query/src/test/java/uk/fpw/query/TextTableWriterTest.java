package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class TextTableWriterTest {

    @Test
    void columnsAreAlignedAndNullIsShown() throws IOException {
        StringWriter text = new StringWriter();

        ResultWriter.Written written = new TextTableWriter()
                .write(
                        QueryResult.of(
                                List.of(
                                        new QueryResult.Heading("slice_value", false),
                                        new QueryResult.Heading("waiting_count", true),
                                        new QueryResult.Heading("median_days", true)),
                                List.of(Arrays.asList("PWDx", 1428L, 1.0), Arrays.asList("ISD", 7L, null))),
                        10,
                        text);

        assertThat(text.toString()).isEqualTo("""
                slice_value  waiting_count  median_days
                -----------  -------------  -----------
                PWDx                  1428            1
                ISD                      7       (null)
                """);
        assertThat(written).isEqualTo(new ResultWriter.Written(2, false, false));
    }

    @Test
    void longTextsAreCutAndNumbersNever() throws IOException {
        StringWriter text = new StringWriter();

        ResultWriter.Written written = new TextTableWriter(5)
                .write(
                        QueryResult.of(
                                List.of(new QueryResult.Heading("a", false), new QueryResult.Heading("b", true)),
                                List.of(List.of("abcdef", 1234567L), List.of("abcde", 1L))),
                        10,
                        text);

        assertThat(text.toString()).isEqualTo("""
                a            b
                -----  -------
                abcd…  1234567
                abcde        1
                """);
        assertThat(written.isCut()).isTrue();
    }

    @Test
    void fractionsAreRoundedForReadingButSmallOnesAreNotLost() {
        assertThat(TextTableWriter.cell(0.30104138123)).isEqualTo("0.301041");
        assertThat(TextTableWriter.cell(0.1 + 0.2)).isEqualTo("0.3");
        assertThat(TextTableWriter.cell(12257.0)).isEqualTo("12257");
        assertThat(TextTableWriter.cell(100.0)).isEqualTo("100");
        assertThat(TextTableWriter.cell(0.0)).isEqualTo("0");
        assertThat(TextTableWriter.cell(0.0000123456789)).isEqualTo("0.0000123457");
        assertThat(TextTableWriter.cell(Double.NaN)).isEqualTo("NaN");
    }

    @Test
    void whatATerminalWouldObeyIsNotSentToIt() {
        assertThat(TextTableWriter.cell("a\u001b[2Jb\tc\nd")).isEqualTo("a?[2Jb c d");
    }

    @Test
    void tableThatFitsIsLeftAsItIs() throws IOException {
        assertThat(written(33)).isEqualTo("""
                note    waiting_count  past_count
                ------  -------------  ----------
                abcdef             12           3
                """);
    }

    @Test
    void headingsWrapBeforeColumnsAreLeftOut() throws IOException {
        assertThat(written(24)).isEqualTo("""
                        waiting_  past_
                note       count  count
                ------  --------  -----
                abcdef        12      3
                """);
    }

    @Test
    void whatDoesNotFitIsMarkedAndNamed() throws IOException {
        StringWriter text = new StringWriter();
        ResultWriter.Written written = new TextTableWriter(60, 20).write(result(), 10, text);

        assertThat(text.toString()).isEqualTo("""
                        waiting_  …
                note       count  …
                ------  --------  …
                abcdef        12  …
                """);
        assertThat(written.omitted()).containsExactly("past_count");
        assertThat(written.isCut()).isFalse();
    }

    @Test
    void longTextsAreCutFirst() throws IOException {
        StringWriter text = new StringWriter();
        ResultWriter.Written written = new TextTableWriter(60, 20)
                .write(
                        QueryResult.of(
                                List.of(new QueryResult.Heading("a", false), new QueryResult.Heading("n", true)),
                                List.of(List.of("a text of thirty characters...", 12345L))),
                        10,
                        text);

        assertThat(text.toString()).isEqualTo("""
                a                  n
                -------------  -----
                a text of th…  12345
                """);
        assertThat(written.isCut()).isTrue();
    }

    @Test
    void descriptionsGoOnInTheNextLine() throws IOException {
        StringWriter text = new StringWriter();
        ResultWriter.Written written = TextTableWriter.ofDescriptions(160, 22)
                .write(
                        QueryResult.of(
                                List.of(
                                        new QueryResult.Heading("name", false),
                                        new QueryResult.Heading("question", false)),
                                List.of(List.of("returns", "How much came back?"), List.of("other", "Why?"))),
                        10,
                        text);

        assertThat(text.toString()).isEqualTo("""
                name     question
                -------  -------------
                returns  How much came
                         back?
                other    Why?
                """);
        assertThat(written.isCut()).isFalse();
    }

    private static String written(int lineWidth) throws IOException {
        StringWriter text = new StringWriter();
        new TextTableWriter(60, lineWidth).write(result(), 10, text);
        return text.toString();
    }

    private static QueryResult result() {
        return QueryResult.of(
                List.of(
                        new QueryResult.Heading("note", false),
                        new QueryResult.Heading("waiting_count", true),
                        new QueryResult.Heading("past_count", true)),
                List.of(List.of("abcdef", 12L, 3L)));
    }
}
