package uk.fpw.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {

    @Test
    void charactersThatNobodySeesAreReplaced() {
        assertThat(SafeText.of("plain, \u00E9 \u05D0 \uD83D\uDE00\n\t"))
                .isEqualTo("plain, \u00E9 \u05D0 \uD83D\uDE00\n\t");
        assertThat(SafeText.of("a\u0007b\r\u0085c")).isEqualTo("a b  c");
        assertThat(SafeText.of("a\u202Eb\u2067c\uD800d\uFFFF")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFD");
    }

    @Test
    void nameFromRightToLeftEndsBeforeTheNumberAfterIt() {
        assertThat(SafeText.within("\u05D0\u05D1")).isEqualTo("\u05D0\u05D1\u200E");
        assertThat(SafeText.within("\u0645")).isEqualTo("\u0645\u200E");
        assertThat(SafeText.within("North")).isEqualTo("North");
    }
}
