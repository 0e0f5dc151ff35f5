package uk.fpw.report.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places of pages and entries. */
class DictionaryPathsTest {

    @Test
    void tableAndViewOfOneNameHaveTheirOwnPages() {
        assertThat(DictionaryPaths.table("mart.wait_curve")).isEqualTo("dictionary/mart-wait_curve.html");
        assertThat(DictionaryPaths.table("bi_detail.wait_curve")).isEqualTo("dictionary/bi_detail-wait_curve.html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mart.../../etc/passwd",
                "mart.a/b",
                "mart.A",
                "mart.a.b",
                "mart.",
                "mart",
                "ops.release",
                "mart.a\n",
                "mart.a%2f",
                "../mart.a",
                "mart.a\u0000"
            })
    void strangeNameOfATableIsNoPath(String table) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DictionaryPaths.table(table))
                .withMessage("'" + table + "' is not the name of a table of core, mart, bi or bi_detail");
    }

    @Test
    void anchorHasNoCharacterOfMarkupOrOfAnAddress() {
        assertThat(DictionaryPaths.anchor("cause", "withdrawn load")).isEqualTo("cause-withdrawn-20-load");
        assertThat(DictionaryPaths.anchor("feed", "\"><script>#?&'é"))
                .isEqualTo("feed--22--3e--3c-script-3e--23--3f--26--27--e9-");
    }
}
