package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableWriterTest {

    @Test
    void columnsAreAlignedAndNullIsShown() throws IOException {
        StringWriter text = new StringWriter();

        AnswerWriter.Written written = new TableWriter()
                .write(
                        Answer.of(
                                List.of(
                                        new Answer.Heading("slice_value", false),
                                        new Answer.Heading("waiting_count", true),
                                        new Answer.Heading("median_days", true)),
                                List.of(Arrays.asList("PWDx", 1428L, 1.0), Arrays.asList("ISD", 7L, null))),
                        10,
                        text);

        assertThat(text.toString()).isEqualTo("""
                slice_value  waiting_count  median_days
                -----------  -------------  -----------
                PWDx                  1428            1
                ISD                      7       (null)
                """);
        assertThat(written).isEqualTo(new AnswerWriter.Written(2, false, false));
    }

    @Test
    void longTextsAreCutAndNumbersNever() throws IOException {
        StringWriter text = new StringWriter();

        AnswerWriter.Written written = new TableWriter(5)
                .write(
                        Answer.of(
                                List.of(new Answer.Heading("a", false), new Answer.Heading("b", true)),
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
        assertThat(TableWriter.cell(0.30104138123)).isEqualTo("0.301041");
        assertThat(TableWriter.cell(0.1 + 0.2)).isEqualTo("0.3");
        assertThat(TableWriter.cell(12257.0)).isEqualTo("12257");
        assertThat(TableWriter.cell(100.0)).isEqualTo("100");
        assertThat(TableWriter.cell(0.0)).isEqualTo("0");
        assertThat(TableWriter.cell(0.0000123456789)).isEqualTo("0.0000123457");
        assertThat(TableWriter.cell(Double.NaN)).isEqualTo("NaN");
    }

    @Test
    void whatATerminalWouldObeyIsNotSentToIt() {
        assertThat(TableWriter.cell("a\u001b[2Jb\tc\nd")).isEqualTo("a?[2Jb c d");
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
        AnswerWriter.Written written = new TableWriter(60, 20).write(answer(), 10, text);

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
        AnswerWriter.Written written = new TableWriter(60, 20)
                .write(
                        Answer.of(
                                List.of(new Answer.Heading("a", false), new Answer.Heading("n", true)),
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
        AnswerWriter.Written written = TableWriter.ofDescriptions(160, 22)
                .write(
                        Answer.of(
                                List.of(new Answer.Heading("name", false), new Answer.Heading("question", false)),
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
        new TableWriter(60, lineWidth).write(answer(), 10, text);
        return text.toString();
    }

    private static Answer answer() {
        return Answer.of(
                List.of(
                        new Answer.Heading("note", false),
                        new Answer.Heading("waiting_count", true),
                        new Answer.Heading("past_count", true)),
                List.of(List.of("abcdef", 12L, 3L)));
    }
}
