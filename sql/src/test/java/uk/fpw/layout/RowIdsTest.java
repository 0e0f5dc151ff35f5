package uk.fpw.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class RowIdsTest {

    private static final List<String> TEXTS = List.of(
            "",
            "a \"quoted\" text",
            "back\\slash / slash",
            "\u0000\u001f\t\r\n\u007f",
            "Zoë \u2028 \uD83D\uDE93",
            "<&>");

    @Test
    void idOfAJudgementIsTheHashOfItsValuesAsJson() throws Exception {
        List<String> written = new ArrayList<>(TEXTS);
        written.add("3");
        assertThat(RowIds.ofGrading(KeyFormat.HEX, TEXTS, 3, null))
                .isEqualTo(KeyFormat.HEX.keyOf(new ObjectMapper().writeValueAsString(written)));
        written.add("unit A");
        assertThat(RowIds.ofGrading(KeyFormat.BASE32, TEXTS, 3, "unit A"))
                .isEqualTo(KeyFormat.BASE32.keyOf(new ObjectMapper().writeValueAsString(written)));
    }

    @Test
    void idOfASpellIsTheHashOfItsOpeningEvent() {
        LocalDate day = LocalDate.of(2025, 3, 30);
        assertThat(RowIds.ofSpell(KeyFormat.HEX, "seized", "dfu:1", new RowIds.Opening("received", day, null, 2)))
                .isEqualTo(KeyFormat.HEX.keyOf("[\"seized\",\"dfu:1\",\"received\",\"2025-03-30\",\"\",\"2\"]"));
        assertThat(RowIds.ofSpell(KeyFormat.HEX, "seized", "dfu:1", new RowIds.Opening("received", day, 5L, 2)))
                .isEqualTo(KeyFormat.HEX.keyOf("[\"seized\",\"dfu:1\",\"received\",\"2025-03-30\",\"5\",\"2\"]"));
    }
}
