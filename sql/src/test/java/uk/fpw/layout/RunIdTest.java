package uk.fpw.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class RunIdTest {

    private static final RunId ID = RunId.of("2016-01-12-20160113T040000-0a1b");

    /** Texts that are not ids, including hostile ones. */
    private static final List<String> NO_IDS = List.of(
            "",
            "check",
            "2016-01-12",
            "2016-01-12-20160113T040000",
            "2016-01-12-20160113T040000-0A1B",
            "2016-01-12-20160113T040000-0a1b2",
            "2016-01-12-20160113T040000-0a1", // only three digits
            "2016-02-30-20160113T040000-0a1b", // not a date
            "../2016-01-12-20160113T040000-0a1b",
            "2016-01-12-20160113T040000-0a1b/..",
            "2016-01-12-20160113T040000-0a1b\n",
            "withdrawal of load 2016-01-12.0a1b2c3d4e5f6071");

    @Test
    void idIsMadeOfTheDateTheTimeInUtcAndFourDigits() {
        assertThat(RunId.of(LocalDate.of(2016, 1, 12), Instant.parse("2016-01-13T04:00:00.999Z"), 0x0a1b))
                .isEqualTo(ID)
                .hasToString("2016-01-12-20160113T040000-0a1b");
        assertThat(RunId.of(LocalDate.of(2016, 1, 12), Instant.parse("2016-01-13T04:00:00Z"), -1))
                .hasToString("2016-01-12-20160113T040000-ffff");
        assertThat(ID.value()).isEqualTo("2016-01-12-20160113T040000-0a1b");
        assertThat(ID.stamp()).isEqualTo("20160113T040000");
        assertThat(RunId.parse("2016-01-12-20160113T040000-0a1b")).isEqualTo(ID);
    }

    @Test
    void whatIsNoIdIsRefused() {
        for (String text : NO_IDS) {
            assertThat(RunId.parse(text)).as(text).isNull();
            assertThatThrownBy(() -> RunId.of(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("'" + text + "' is not a run id, which is a business date, a time and four hexadecimal"
                            + " digits, such as 2016-01-12-20160113T040000-0a1b");
        }
    }

    @Test
    void orderIsThatOfDatesAndThenOfTheirBeginning() {
        assertThat(Stream.of(
                                "2016-01-12-20160114T040000-0000",
                                "2016-01-13-20160113T050000-0000",
                                "2016-01-12-20160113T040000-ffff")
                        .map(RunId::of)
                        .sorted()
                        .map(RunId::value))
                .containsExactly(
                        "2016-01-12-20160113T040000-ffff",
                        "2016-01-12-20160114T040000-0000",
                        "2016-01-13-20160113T050000-0000");
    }

    private record Holder(RunId runId) {}

    @Test
    void inJsonItIsItsText() throws IOException {
        assertThat(JsonMappers.camelCase().writeValueAsString(new Holder(ID)))
                .isEqualToIgnoringWhitespace("{\"runId\": \"2016-01-12-20160113T040000-0a1b\"}");
        assertThat(JsonMappers.camelCase().readValue("{\"runId\": \"2016-01-12-20160113T040000-0a1b\"}", Holder.class))
                .isEqualTo(new Holder(ID));
    }
}
