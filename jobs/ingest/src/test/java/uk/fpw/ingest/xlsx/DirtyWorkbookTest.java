package uk.fpw.ingest.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.row.RowParser;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.privacy.Pseudonymiser;

/** The worst that Excel and other programs do to data, and the result for each. */
@Tag("time-zone")
class DirtyWorkbookTest {

    private static final String NO_RESULT =
            "refused: value (B2) is a formula without a stored result: open the file in Excel and "
                    + "save it, or ask the source to write values";

    @TempDir
    private Path folder;

    /** Cell B2 of the sheet in a column of a type, and the loaded value or the reason for refusing the row. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            case number that became a number                  | TEXT       | <c><v>20160112345</v></c>                 \
            | 20160112345
            the same in scientific notation                   | TEXT       | <c><v>2.0160112345E10</v></c>             \
            | 20160112345
            case number with leading zeros by its format      | TEXT       | <c s="3"><v>42</v></c>                    \
            | 00042
            case number of 16 digits, the last one lost       | TEXT       | <c><v>1234567890123450</v></c>            \
            | refused: value (B2) is a number with more than 15 digits, of which Excel has lost \
            the last ones: ask the source to write it as text
            case number of 15 digits                          | TEXT       | <c><v>123456789012345</v></c>             \
            | 123456789012345
            prefix that only the format shows                 | TEXT       | <c s="4"><v>17</v></c>                    \
            | refused: value (B2) is displayed differently from its stored value because of its number \
            format: store the displayed text in the cells
            dashes that only the format shows                 | TEXT       | <c s="9"><v>123456</v></c>                \
            | refused: value (B2) is displayed differently from its stored value because of its number \
            format: store the displayed text in the cells
            dashes that Excel escapes                         | TEXT       | <c s="10"><v>1020003</v></c>              \
            | refused: value (B2) is displayed differently from its stored value because of its number \
            format: store the displayed text in the cells
            percent in a text column                          | TEXT       | <c s="5"><v>1</v></c>                     \
            | refused: value (B2) is displayed differently from its stored value because of its number \
            format: store the displayed text in the cells
            grade 1-2 that became the 1st of February         | TEXT       | <c s="1"><v>42401</v></c>                 \
            | refused: value (B2) is an Excel date or time in a text column, which could be \
            written in many ways: declare the type date or local_time, or format the cells as text before \
            they are filled
            number with a fraction in a text column           | TEXT       | <c><v>2.5</v></c>                         \
            | refused: value (B2) is a number with decimals in a text column: declare \
            the type decimal, or store text in the cells
            blanks around a text                              | TEXT       | <c t="inlineStr"><is><t \
            xml:space="preserve">  a b </t></is></c> | a b
            text in two fonts                                 | TEXT       | <c t="s"><v>0</v></c>                     \
            | rich text
            line break that XML cannot hold                   | TEXT       | <c \
            t="inlineStr"><is><t>a_x000D_b</t></is></c>         | a\\rb
            yes-or-no value in a text column                  | TEXT       | <c t="b"><v>1</v></c>                     \
            | TRUE
            cell that was emptied but kept its format         | TEXT       | <c s="3"/>                                \
            | null
            date                                              | DATE       | <c s="1"><v>42381</v></c>                 \
            | 2016-01-12
            day before the leap day that never was            | DATE       | <c s="1"><v>59</v></c>                    \
            | 1900-02-28
            29 February 1900                                  | DATE       | <c s="1"><v>60</v></c>                    \
            | refused: value (B2) is 29 February 1900, which never existed outside Excel
            day after it                                      | DATE       | <c s="1"><v>61</v></c>                    \
            | 1900-03-01
            day zero                                          | DATE       | <c s="1"><v>0</v></c>                     \
            | refused: value (B2) is not a date: its number is before the first day that Excel supports
            day after the year 9999                           | DATE       | <c s="1"><v>2958466</v></c>               \
            | refused: value (B2) is not a date: its number is after the year 9999
            date with a time of day                           | DATE       | <c s="2"><v>42381.5</v></c>               \
            | refused: value (B2) is a date with a time of day: declare the type local_time
            time of day alone                                 | DATE       | <c s="6"><v>0.5</v></c>                   \
            | refused: value (B2) is a time of day or a duration, not a date
            hours worked                                      | DATE       | <c s="8"><v>2</v></c>                     \
            | refused: value (B2) is a time of day or a duration, not a date
            date whose format was lost                        | DATE       | <c><v>42381</v></c>                       \
            | refused: value (B2) is a number that is not formatted as a date: format the cells as dates, \
            or set the pattern if its digits are a date
            date that is a text                               | DATE       | <c \
            t="inlineStr"><is><t>2016-01-12</t></is></c>        | 2016-01-12
            date as someone types it                          | DATE       | <c \
            t="inlineStr"><is><t>12.1.16</t></is></c>           | refused: value (B2) is not an existing date, \
            written in ISO format
            date and time                                     | LOCAL_TIME | <c s="2"><v>42381.604166666664</v></c>    \
            | 2016-01-12T14:30:00Z
            date without a time                               | LOCAL_TIME | <c s="1"><v>42381</v></c>                 \
            | 2016-01-12T00:00:00Z
            time that the clocks skipped                      | LOCAL_TIME | <c s="2"><v>42456.0625</v></c>            \
            | refused: value (B2) is a time that did not exist in Europe/London: the clocks went from \
            01:00 to 02:00 that day
            time where an offset is needed                    | INSTANT    | <c s="2"><v>42381.5</v></c>               \
            | refused: value (B2) is a time without an offset, like all Excel times: declare \
            the type local_time with its zone
            0.1 + 0.2                                         | DECIMAL    | <c><v>0.30000000000000004</v></c>         \
            | 0.300000000
            percent                                           | DECIMAL    | <c s="5"><v>0.125</v></c>                 \
            | 0.125000000
            number of 16 digits in a column of decimals       | DECIMAL    | <c><v>1234567890123456</v></c>            \
            | refused: value (B2) is a number with more than 15 digits, of which Excel has lost \
            the last ones: ask the source to write it as text
            money                                             | DECIMAL    | <c s="7"><v>1234.5</v></c>                \
            | 1234.500000000
            date in a column of numbers                       | DECIMAL    | <c s="1"><v>42381</v></c>                 \
            | refused: value (B2) is an Excel date or time, not a number
            number that is a text (green triangle)            | WHOLE      | <c t="inlineStr"><is><t>17</t></is></c>   \
            | 17
            whole number with noise                           | WHOLE      | <c><v>16.999999999999996</v></c>          \
            | 17
            number beyond all that Excel holds                | DATE       | <c s="1"><v>1E999999999</v></c>           \
            | refused: value (B2) is a number that Excel cannot store
            text where a number is announced                  | WHOLE      | <c><v>seven</v></c>                       \
            | refused: value (B2) does not match its type in the workbook: open the file in \
            Excel and save it
            number that is not whole                          | WHOLE      | <c><v>2.5</v></c>                         \
            | refused: value (B2) is not a whole number
            formula                                           | WHOLE      | <c><f>1+1</f><v>2</v></c>                 \
            | 2
            formula that was never computed                   | WHOLE      | <c><f>1+1</f></c>                         \
            | refused: value (B2) is a formula without a stored result: open the file in Excel \
            and save it, or ask the source to write values
            the same with an empty result (openpyxl)          | WHOLE      | <c><f>1+1</f><v/></c>                     \
            | refused: value (B2) is a formula without a stored result: open the file in Excel \
            and save it, or ask the source to write values
            the same in a text column                         | TEXT       | <c r="B2"><f>A2</f><v></v></c>            \
            | refused: value (B2) is a formula without a stored result: open the file in Excel \
            and save it, or ask the source to write values
            yes-or-no formula with an empty result            | BOOLEAN    | <c t="b"><f>TRUE()</f><v/></c>            \
            | refused: value (B2) is a formula without a stored result: open the file in Excel \
            and save it, or ask the source to write values
            array formula with an empty result                | WHOLE      | <c><f t="array" \
            ref="B2:C2">X()</f><v/></c>            | refused: value (B2) is a formula without a stored result: \
            open the file in Excel and save it, or ask the source to write values
            text of a formula without the formula             | TEXT       | <c t="str"/>                              \
            | null
            formula that gives an empty text                  | WHOLE      | <c \
            t="str"><f>IF(A1="","",1)</f><v></v></c>            | null
            lookup that found nothing                         | TEXT       | <c t="e"><v>#N/A</v></c>                  \
            | refused: value (B2) is an Excel error (#N/A), which hides the original value
            formula of LibreOffice that failed                | TEXT       | <c t="e"><f>1+</f><v>Err:502</v></c>      \
            | refused: value (B2) is an Excel error (Err:502), which hides the original value
            the same where it gives a text                    | TEXT       | <c t="str"><f>1+</f><v>Err:509</v></c>    \
            | refused: value (B2) is an Excel error (Err:509), which hides the original value
            error of a newer Excel                            | TEXT       | <c t="e"><f>PY()</f><v>#PYTHON!</v></c>   \
            | refused: value (B2) is an Excel error (#PYTHON!), which hides the original value
            text that only begins as an error does            | TEXT       | <c t="str"><f>A2</f><v>#N/Ax</v></c>      \
            | #N/Ax
            formula whose cell was deleted                    | WHOLE      | <c t="e"><f>#REF!+1</f><v>#REF!</v></c>   \
            | refused: value (B2) is an Excel error (#REF!), which hides the original value
            yes-or-no value                                   | BOOLEAN    | <c t="b"><v>0</v></c>                     \
            | false
            yes or no as a number                             | BOOLEAN    | <c><v>1</v></c>                           \
            | true
            yes or no as a word                               | BOOLEAN    | <c t="inlineStr"><is><t>Yes</t></is></c>  \
            | true
            """)
    void becomes(String what, Feed.Type type, String cell, String outcome) throws IOException {
        assertThat(outcome(new TestWorkbook(), type, cell)).isEqualTo(outcome.replace("\\r", "\r"));
    }

    @ParameterizedTest
    @CsvSource({"0, 1904-01-01", "40919, 2016-01-12", "2957003, 9999-12-31"})
    void datesOfAWorkbookThatBeganOnAMacintoshCountFrom1904(String serial, String date) throws IOException {
        assertThat(outcome(new TestWorkbook().dates1904(), Feed.Type.DATE, "<c s=\"1\"><v>" + serial + "</v></c>"))
                .isEqualTo(date);
    }

    /** XlsxWriter stores 0 as the result of every formula. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <calcPr calcId="124519" fullCalcOnLoad="1"/>    | WHOLE | <c><f>1+1</f><v>0</v></c>         | %1$s
            <calcPr fullCalcOnLoad="true"/>                 | TEXT  | <c t="str"><f>A2</f><v></v></c>   | %1$s
            <calcPr fullCalcOnLoad="1"/>                    | WHOLE | <c><v>2</v></c>                   | 2
            <calcPr fullCalcOnLoad="1"/>                    | TEXT  | <c t="str"><v>a</v></c>           | a
            <calcPr calcId="191029" fullCalcOnLoad="0"/>    | WHOLE | <c><f>1+1</f><v>2</v></c>         | 2
            """)
    void resultsThatExcelWouldRecomputeWhenItOpensTheFileAreNone(
            String calculation, Feed.Type type, String cell, String outcome) throws IOException {
        assertThat(outcome(new TestWorkbook().calculation(calculation), type, cell))
                .isEqualTo(outcome.replace("%1$s", NO_RESULT));
    }

    private String outcome(TestWorkbook workbook, Feed.Type type, String cell) throws IOException {
        Feed feed = feed(type);
        Path path = workbook.sharedTexts("<r><t>rich</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> text</t></r>")
                .sheet(
                        "Data",
                        TestWorkbook.texts(1, "Device", "Value"),
                        "<row r=\"2\"><c t=\"inlineStr\"><is><t>A</t></is></c>" + cell + "</row>")
                .write(folder.resolve("devices.xlsx"));
        try (SourceRows rows = new FeedFile(feed, path).open()) {
            RowParser parser = new RowParser(feed, Pseudonymiser.none(), rows);
            SourceRow row = Objects.requireNonNull(rows.next());
            assertThat(rows.next()).isNull();
            RowParser.Outcome outcome = parser.read(row, parser.key(row));
            return outcome.version() != null
                    ? String.valueOf(outcome.version().values().get(1))
                    : "refused: " + Objects.requireNonNull(outcome.refused()).message();
        }
    }

    private static Feed feed(Feed.Type type) {
        return new Feed(
                "devices",
                "lab",
                "One row per device.",
                new Feed.Input(
                        "drop",
                        new Origin.DroppedFile("devices.xlsx", new Origin.Format("xlsx", Map.of()), Set.of()),
                        Feed.Extract.FULL),
                new Feed.Rows(
                        List.of(
                                column("device_id", "Device", Feed.Type.TEXT, null),
                                column(
                                        "value",
                                        "Value",
                                        type,
                                        type == Feed.Type.LOCAL_TIME ? ZoneId.of("Europe/London") : null)),
                        List.of("device_id"),
                        Set.of(),
                        "device_id",
                        null),
                FeedLimits.atLeast(0));
    }

    private static Feed.Column column(String name, String from, Feed.Type type, @Nullable ZoneId zone) {
        return new Feed.Column(
                name, from, type, Feed.TextFormat.of(zone), false, Feed.Privacy.NOT_PERSONAL, "Test column.");
    }
}
