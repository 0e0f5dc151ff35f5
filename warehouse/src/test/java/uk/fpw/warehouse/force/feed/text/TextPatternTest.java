package uk.fpw.warehouse.force.feed.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.warehouse.force.feed.text.TextPattern.Result;

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
                .isEqualTo(Result.TOO_EXPENSIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(.*a){12}", // each of twelve groups may end anywhere
                "(a+)+\\1b", // repeated group with a back reference
            })
    void expressionsThatTakeVeryLongAreRefused(String expression) {
        assertThat(TextPattern.problem(expression))
                .isEqualTo("'" + expression + "' has nested repetitions, so some texts would take very long to match");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?:(?:(?:a?){99}){99}){99}", // nested counts multiply, even of nothing
                "(?:a|[)]{101}){100}",
                "[0-9]{10001}",
            })
    void expressionsThatCountTooFarAreRefused(String expression) {
        assertThat(TextPattern.problem(expression))
                .isEqualTo("'" + expression
                        + "' requires more than 10000 repetitions, so some texts would take very long to match");
    }

    @Test
    void textThatTakesTooMuchStackIsGivenUp() throws InterruptedException {
        TextPattern nested = TextPattern.of("(".repeat(40) + "a|b" + ")".repeat(40) + "*");
        AtomicReference<Object> result = new AtomicReference<>();
        Thread small = new Thread(null, () -> result.set(nested.compare("ab".repeat(500))), "small stack", 256L << 10);
        small.start();
        small.join();
        assertThat(result.get()).isEqualTo(Result.TOO_EXPENSIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[0-9]{200}-[0-9]{200}", // adjacent counts do not multiply
                "[{]{1,200}\\{[]{]{1,200}",
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
