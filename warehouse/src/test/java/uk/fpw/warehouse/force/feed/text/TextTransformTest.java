package uk.fpw.warehouse.force.feed.text;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.warehouse.force.feed.text.TextTransform.COLLAPSE_SPACES;
import static uk.fpw.warehouse.force.feed.text.TextTransform.LOWER;
import static uk.fpw.warehouse.force.feed.text.TextTransform.TRIM;
import static uk.fpw.warehouse.force.feed.text.TextTransform.UPPER;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextTransformTest {

    /** No-break space, narrow no-break space, figure space. */
    private static final String NO_BREAK = "\u00A0\u202F\u2007";

    /** Zero-width space, non-joiner, joiner, word joiner, byte-order mark. */
    private static final String ZERO_WIDTH = "\u200B\u200C\u200D\u2060\uFEFF";

    @Test
    void trimTakesBlanksOfAnyKindAwayAtBothEndsOnly() {
        assertThat(TRIM.apply("\t " + NO_BREAK + ZERO_WIDTH + "A\u00A0 B" + ZERO_WIDTH + NO_BREAK + "\u3000\n"))
                .isEqualTo("A\u00A0 B");
        assertThat(TRIM.apply("A\u200DB")).isEqualTo("A\u200DB");
        assertThat(TRIM.apply(NO_BREAK + ZERO_WIDTH)).isEmpty();
    }

    @Test
    void collapseMakesOneSpaceOfEachRunOfBlanksAndDropsWhatHasNoWidth() {
        assertThat(COLLAPSE_SPACES.apply(" PC\u00A0\u00A0 1\t\n2" + ZERO_WIDTH + "3 \u200B 4 "))
                .isEqualTo("PC 1 23 4");
        assertThat(COLLAPSE_SPACES.apply(NO_BREAK)).isEmpty();
    }

    @Test
    void caseDoesNotDependOnTheLanguageOfTheMachine() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(UPPER.apply("dfu/1i")).isEqualTo("DFU/1I");
            assertThat(LOWER.apply("DFU/1I")).isEqualTo("dfu/1i");
        } finally {
            Locale.setDefault(before);
        }
    }
}
