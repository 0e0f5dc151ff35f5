package uk.fpw.publish.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellTextTest {

    @Test
    void formulaStaysTextWithoutAnApostrophe() {
        assertThat(CellText.of("=1+1")).isEqualTo("=1+1");
    }

    @Test
    void charactersThatXmlCannotHoldAreReplaced() {
        assertThat(CellText.of("a\u0000b\u001fc\uFFFEd\tf")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\tf");
        assertThat(CellText.of("half \ud83d!")).isEqualTo("half \uFFFD!");
        assertThat(CellText.of("whole \ud83d\ude00")).isEqualTo("whole \ud83d\ude00");
    }

    @Test
    void linesEndWithALineFeed() {
        assertThat(CellText.of("a\r\nb\rc\nd")).isEqualTo("a\nb\nc\nd");
    }

    @Test
    void whatExcelTakesForTheNumberOfACharacterIsEscaped() {
        assertThat(CellText.of("_x0041_ and _x41_ and _x000d_")).isEqualTo("_x005F_x0041_ and _x41_ and _x005F_x000d_");
    }

    @Test
    void longTextIsCutWithANote() {
        assertThat(CellText.of("a".repeat(32_767))).isEqualTo("a".repeat(32_767));
        assertThat(CellText.of("a".repeat(32_768)))
                .hasSize(32_767)
                .endsWith("aaa... [cut: the text has 32768 characters]");
        assertThat(CellText.of("\ud83d\ude00".repeat(20_000))).doesNotContain("\ud83d...");
    }
}
