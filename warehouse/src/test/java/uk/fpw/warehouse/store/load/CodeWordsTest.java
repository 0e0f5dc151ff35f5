package uk.fpw.warehouse.store.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.model.CodeWords;
import uk.fpw.warehouse.message.AuditResult;

class CodeWordsTest {

    @Test
    void everyReasonForARefusedRowHasWordsAndNoOther() {
        assertThat(CodeWords.codes(CodeWords.REFUSED))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(RefusedRow.Code.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                AuditResult.UNLISTED_CODE,
                AuditResult.UNLISTED_VALUE,
                AuditResult.CODES_AND_EVENTS,
                AuditResult.ITEMS_DIFFER,
                AuditResult.CLOSED_CASES_WAIT,
                AuditResult.ENTRIES_WITHOUT_SERVICE,
                AuditResult.LINKED_TO_A_CASE + "DEVICE"
            })
    void whatTheAuditFindsInSourcesHasWords(String code) {
        assertThat(Objects.requireNonNull(CodeWords.of(code)).of()).isEqualTo(CodeWords.TEST);
    }

    @Test
    void ruleOfAForceThatBeginsLikeACodeHasNoneOfItsWords() {
        assertThat(CodeWords.of("MISSING_SEIZURE")).isNull();
    }
}
