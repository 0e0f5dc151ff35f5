package uk.fpw.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class ReleaseIdTest {

    /** Texts that are not ids, including hostile ones; a comment gives the reason if it is not obvious. */
    private static final List<String> NO_IDS = List.of(
            "",
            "inspection-2016",
            "2016-01-12",
            "2016-01-12.",
            "2016-01-12.0", // numbers start at 1
            "2016-01-12.01", // not the canonical form of 2016-01-12.1
            "2016-01-12.1234567890", // not an int
            "2016-01-12.-1",
            "2016-02-30.1", // not a date
            "16-01-12.1",
            "+12016-01-12.1",
            "2016-01-12.1/../../x",
            "../2016-01-12.1",
            "/2016-01-12.1",
            "2016-01-12.1\u0000",
            "2016-01-12.1\n",
            " 2016-01-12.1",
            "2016-01-12.\u0661", // an Arabic digit
            "2016-01-12.1' or '1' = '1");

    @Test
    void idHasADateAndANumber() {
        ReleaseId id = ReleaseId.of("2016-01-12.10");

        assertThat(id.businessDate()).isEqualTo(LocalDate.of(2016, 1, 12));
        assertThat(id.number()).isEqualTo(10);
        assertThat(id.value()).isEqualTo("2016-01-12.10");
        assertThat(id).hasToString("2016-01-12.10").isEqualTo(ReleaseId.of(LocalDate.of(2016, 1, 12), 10));
        assertThat(ReleaseId.parse("2016-01-12.10")).isEqualTo(id);
        assertThat(ReleaseId.of("2016-02-29.999999999").number()).isEqualTo(999_999_999);
    }

    @Test
    void whatIsNoIdIsRefused() {
        for (String text : NO_IDS) {
            assertThat(ReleaseId.parse(text)).as(text).isNull();
            assertThatThrownBy(() -> ReleaseId.of(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("'" + text + "' is not a release id, which is a business date and a number from 1,"
                            + " such as 2016-01-12.1");
        }
        assertThatThrownBy(() -> ReleaseId.of(LocalDate.of(2016, 1, 12), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void orderIsThatOfDatesAndNumbersAndNotOfLetters() {
        assertThat(Stream.of("2016-01-12.10", "2016-01-13.1", "2016-01-12.9", "2015-12-31.11")
                        .map(ReleaseId::of)
                        .sorted()
                        .map(ReleaseId::value))
                .containsExactly("2015-12-31.11", "2016-01-12.9", "2016-01-12.10", "2016-01-13.1");
    }

    private record Holder(ReleaseId releaseId) {}

    @Test
    void inJsonItIsItsText() throws IOException {
        Holder holder = new Holder(ReleaseId.of("2016-01-12.1"));

        assertThat(JsonMappers.camelCase().writeValueAsString(holder))
                .isEqualToIgnoringWhitespace("{\"releaseId\": \"2016-01-12.1\"}");
        assertThat(JsonMappers.snakeCase().readValue("{\"release_id\": \"2016-01-12.1\"}", Holder.class))
                .isEqualTo(holder);
    }

    @Test
    void errorInJsonNamesTheField() {
        assertThatThrownBy(
                        () -> JsonMappers.snakeCase().readValue("{\"release_id\": \"../2016-01-12.1\"}", Holder.class))
                .isInstanceOfSatisfying(IOException.class, wrong -> assertThat(JsonMappers.reason(wrong))
                        .isEqualTo("release_id: '../2016-01-12.1' is not a release id, which is a business date and a"
                                + " number from 1, such as 2016-01-12.1"));
    }

    @Test
    void processesOfSparkPassItOn() throws IOException, ClassNotFoundException {
        ReleaseId id = ReleaseId.of("2016-01-12.1");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(id);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(id);
        }
    }
}
