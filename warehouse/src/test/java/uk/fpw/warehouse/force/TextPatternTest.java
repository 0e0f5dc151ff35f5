package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.warehouse.force.TextPattern.Result;

class TextPatternTest {

    @Test
    void wholeTextMustMatch() {
        TextPattern reference = TextPattern.of("[A-Z]{2}[0-9]{4}");
        assertThat(reference.compare("DF0001")).isEqualTo(Result.MATCHES);
        assertThat(reference.compare("DF0001 ")).isEqualTo(Result.DIFFERS);
        assertThat(reference.compare("")).isEqualTo(Result.DIFFERS);
    }

    @Test
    void longTextsAreNotCompared() {
        TextPattern any = TextPattern.of("(?:a|b)*");
        assertThat(any.compare("ab".repeat(500))).isEqualTo(Result.MATCHES);
        assertThat(any.compare("ab".repeat(500) + "a")).isEqualTo(Result.TOO_LONG);
    }

    @Test
    void comparisonThatWouldNotEndIsGivenUp() {
        assertThat(TextPattern.of("(?:.*\u00e9){12}").compare("\u00e9".repeat(60) + "!"))
                .isEqualTo(Result.TOO_DEAR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(.*a){12}", // each of twelve groups may end anywhere
                "(a+)+\\1b", // a group that is repeated and referred to
                "(?:(?:(?:a?){99}){99}){99}", // counts multiply, also of nothing
            })
    void expressionsThatTakeVeryLongAreRefused(String expression) {
        assertThat(TextPattern.problem(expression))
                .isEqualTo("'" + expression + "' repeats what is repeated, so that some texts would take very long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[A-Z]{2}[0-9]{4}",
                "C-[0-9]+(?:/[A-Z])?",
                ".*",
                ".*-.*-.*",
                "(?i)(?:phone|tablet|laptop)",
                "[0-9a-f]{64}",
                "[\\p{L} '-]{1,100}"
            })
    void usualExpressionsAreTaken(String expression) {
        assertThat(TextPattern.problem(expression)).isNull();
    }

    @Test
    void whatIsNoExpressionIsNamed() {
        assertThat(TextPattern.problem("[A-Z"))
                .isEqualTo("'[A-Z' is not a regular expression (Unclosed character class)");
        assertThat(TextPattern.problem("a".repeat(201))).isEqualTo("is longer than 200 characters");
    }
}
