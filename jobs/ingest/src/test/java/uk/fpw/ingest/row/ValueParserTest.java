package uk.fpw.ingest.row;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.ingest.TestFeeds.column;
import static uk.fpw.ingest.TestFeeds.dated;
import static uk.fpw.ingest.TestFeeds.time;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.ingest.TestFeeds;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.Pseudonymiser;

@Tag("time-zone")
class ValueParserTest {

    private static final Feed.Column LONDON = time("at", "AT", "dd/MM/yyyy HH:mm", "Europe/London");

    @Test
    void wholeNumbersAreDigitsWithASignIfNeedBe() {
        Feed.Column whole = column("n", "N", Feed.Type.WHOLE);
        assertThat(read(whole, "007")).isEqualTo(7L);
        assertThat(read(whole, "-12")).isEqualTo(-12L);
        assertThat(read(whole, "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(problem(whole, "1,000"))
                .isEqualTo("UNPARSABLE: is not a whole number (digits only, with an optional sign)");
        assertThat(problem(whole, "9223372036854775808"))
                .isEqualTo("UNPARSABLE: is a whole number with more than 64 bits");
        assertThat(problem(whole, "٣")).startsWith("UNPARSABLE");
    }

    @Test
    void decimalsKeepNineDigitsAndRefuseMore() {
        Feed.Column decimal = column("d", "D", Feed.Type.DECIMAL);
        assertThat(read(decimal, "1.5")).isEqualTo(new BigDecimal("1.500000000"));
        assertThat(read(decimal, ".5")).isEqualTo(new BigDecimal("0.500000000"));
        assertThat(read(decimal, "1.5000000000000")).isEqualTo(new BigDecimal("1.500000000"));
        assertThat(read(decimal, "99999999999999999999999999999"))
                .isEqualTo(new BigDecimal("99999999999999999999999999999.000000000"));
        assertThat(problem(decimal, "100000000000000000000000000000"))
                .isEqualTo("UNPARSABLE: has more than 29 digits before or 9 after the decimal point");
        assertThat(problem(decimal, "0.0000000001"))
                .isEqualTo("UNPARSABLE: has more than 29 digits before or 9 after the decimal point");
        assertThat(problem(decimal, "1,000.5"))
                .isEqualTo("UNPARSABLE: is not a decimal number (digits and a decimal point, without thousands "
                        + "separators)");
        assertThat(problem(decimal, "1e3")).startsWith("UNPARSABLE: is not a decimal number");
    }

    @Test
    void booleansAreWordsOfAnyCase() {
        Feed.Column bool = column("b", "B", Feed.Type.BOOLEAN);
        assertThat(read(bool, "Y")).isEqualTo(true);
        assertThat(read(bool, "FALSE")).isEqualTo(false);
        assertThat(problem(bool, "ja")).isEqualTo("UNPARSABLE: is not one of true, false, yes, no, y, n, 1, 0");
    }

    @Test
    void datesMustExist() {
        Feed.Column date = dated("d", Feed.Type.DATE, "dd/MM/yyyy");
        assertThat(read(date, "29/02/2024")).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(problem(date, "29/02/2023")).isEqualTo("UNPARSABLE: is not an existing date, written 'dd/MM/yyyy'");
        assertThat(problem(date, "2024-02-29")).isEqualTo("UNPARSABLE: is not an existing date, written 'dd/MM/yyyy'");
        assertThat(problem(dated("d", Feed.Type.DATE, null), "31/12/2024"))
                .isEqualTo("UNPARSABLE: is not an existing date, written in ISO format");
    }

    @Test
    void firstPatternThatFitsIsTaken() {
        Feed.Column date = TestFeeds.dated("d", Feed.Type.DATE, "dd/MM/yyyy", "MM/dd/yyyy", "yyyy-MM-dd");
        assertThat(read(date, "03/04/2024")).isEqualTo(LocalDate.of(2024, 4, 3));
        assertThat(read(date, "12/31/2024")).isEqualTo(LocalDate.of(2024, 12, 31));
        assertThat(read(date, "2024-02-29")).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(problem(date, "2023-02-29"))
                .isEqualTo("UNPARSABLE: is not an existing date, written 'dd/MM/yyyy' or 'MM/dd/yyyy' or 'yyyy-MM-dd'");
    }

    @Test
    void textMustBeWhatTheFeedSaysAndIsNotShownIfItIsNot() {
        Feed.Column reference = TestFeeds.matching(column("ref", "REF", Feed.Type.TEXT), "[A-Z]{2}[0-9]{4}");
        assertThat(read(reference, "DF0001")).isEqualTo("DF0001");
        assertThat(problem(reference, "Jane Doe")).isEqualTo("NO_MATCH: does not match '[A-Z]{2}[0-9]{4}'");
        assertThat(problem(reference, "A".repeat(1001)))
                .isEqualTo("NO_MATCH: is longer than the maximum for texts that '[A-Z]{2}[0-9]{4}' is compared with");
        assertThat(problem(TestFeeds.matching(column("ref", "REF", Feed.Type.TEXT), "(.*a){12}"), "a".repeat(60) + "!"))
                .isEqualTo("NO_MATCH: takes too many steps to match against '(.*a){12}'");
    }

    @Test
    void instantsCarryTheirOffset() {
        Feed.Column instant = dated("i", Feed.Type.INSTANT, null);
        assertThat(read(instant, "2024-07-01T12:00:00+01:00")).isEqualTo(Instant.parse("2024-07-01T11:00:00Z"));
        assertThat(read(instant, "2024-07-01 12:00:00.1234567Z"))
                .isEqualTo(Instant.parse("2024-07-01T12:00:00.123456Z"));
        assertThat(problem(instant, "2024-07-01T12:00:00"))
                .isEqualTo("UNPARSABLE: is not an existing time with its offset, written in ISO format");
    }

    @Test
    void timeInTheSpringGapDoesNotExist() throws UnreadableValueException {
        assertThat(read(LONDON, "31/03/2024 00:59")).isEqualTo(Instant.parse("2024-03-31T00:59:00Z"));
        assertThat(problem(LONDON, "31/03/2024 01:30"))
                .isEqualTo("NO_SUCH_TIME: is a time that did not exist in Europe/London: the clocks went from 01:00 "
                        + "to 02:00 that day");
        assertThat(read(LONDON, "31/03/2024 02:00")).isEqualTo(Instant.parse("2024-03-31T01:00:00Z"));
    }

    @Test
    void timeInTheAutumnOverlapIsTheEarlierAndFlagged() throws UnreadableValueException {
        assertThat(value(LONDON, "27/10/2024 00:59"))
                .isEqualTo(new ParsedValue(Instant.parse("2024-10-26T23:59:00Z"), false));
        assertThat(value(LONDON, "27/10/2024 01:30"))
                .isEqualTo(new ParsedValue(Instant.parse("2024-10-27T00:30:00Z"), true));
        assertThat(value(LONDON, "27/10/2024 02:00"))
                .isEqualTo(new ParsedValue(Instant.parse("2024-10-27T02:00:00Z"), false));
    }

    @Test
    void textWithANulCharacterIsRefused() {
        assertThat(problem(column("t", "T", Feed.Type.TEXT), "a\0b"))
                .isEqualTo("UNPARSABLE: contains a NUL character, which text must not");
    }

    private static Object read(Feed.Column column, String text) {
        try {
            return value(column, text).object();
        } catch (UnreadableValueException unreadable) {
            throw new AssertionError(text + " " + unreadable.problem(), unreadable);
        }
    }

    private static ParsedValue value(Feed.Column column, String text) throws UnreadableValueException {
        return new ValueParser(column, Pseudonymiser.none()).read(text);
    }

    private static String problem(Feed.Column column, String text) {
        try {
            return "no problem: " + value(column, text);
        } catch (UnreadableValueException unreadable) {
            return unreadable.code() + ": " + unreadable.problem();
        }
    }
}
