package uk.fpw.metrics.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class SparkTextTest {

    @Test
    void writesTextsAsJsonWithEveryCharacterThatNeedsIt() throws Exception {
        List<String> texts = List.of(
                "",
                "a \"quoted\" text",
                "back\\slash / slash",
                "\u0000\u001f\t\r\n\u007f",
                "Zoë \u2028 \uD83D\uDE93",
                "<&>");

        assertThat(SparkText.json(texts)).isEqualTo(new ObjectMapper().writeValueAsString(texts));
        assertThat(SparkText.json(List.of())).isEqualTo("[]");
    }
}
