package uk.fpw.warehouse.store.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErasedTextsTest {

    private static final String PSEUDONYM = "abcdefghijklmnopqrstuvwxyz";
    private static final ErasedTexts TEXTS =
            new ErasedTexts(Set.of(PSEUDONYM), List.of("Ann O'Neil", "A-1234", "17", "D0015$1"));

    @Test
    void pseudonymIsErasedFromAnyTextButNotWithinAnotherWord() {
        assertThat(TEXTS.hasPseudonym("lab:" + PSEUDONYM + "|7")).isTrue();
        assertThat(TEXTS.withoutPseudonyms("lab:" + PSEUDONYM + "|7")).isEqualTo("lab:(erased)|7");
        assertThat(TEXTS.hasPseudonym("x" + PSEUDONYM)).isFalse();
        assertThat(TEXTS.withoutPseudonyms("about A-1234")).isEqualTo("about A-1234");
    }

    @Test
    void wordsAreErasedFromWhatPeopleWroteRegardlessOfCaseUnlessTheyAreShort() {
        assertThat(TEXTS.without("ann o'neil asks for a-1234, 17 and D0015$1"))
                .isEqualTo("(erased) asks for (erased), 17 and (erased)");
        assertThat(TEXTS.without("A-12345 and XA-1234")).isEqualTo("A-12345 and XA-1234");
        assertThat(TEXTS.isIn().test("letter of Ann O'Neil")).isTrue();
        assertThat(TEXTS.isIn().test("letter of Ann")).isFalse();
    }

    @Test
    void longTextDoesNotGrow() {
        String full = "A-1234 ".repeat(60).strip();
        assertThat(TEXTS.without(full)).hasSameSizeAs(full).startsWith("(erased) (erased)");
    }
}
