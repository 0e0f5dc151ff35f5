package uk.fpw.warehouse.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.JsonMappers;
import uk.fpw.layout.ReleaseId;

@Tag("time-zone")
class FigureChangeSummaryTest {

    private static final ReleaseId REPLACED = ReleaseId.of("2016-01-11.1");
    private static final FigureChangeSummary COMPARED =
            FigureChangeSummary.compared(REPLACED, new FigureChangeSummary.Counts(100, 5, 0, 0), null);

    @Test
    void stepsLeadOverAReleaseThatWasComparedAndHasThoseBefore() {
        assertThat(COMPARED.gap()).isNull();
        assertThat(COMPARED.withLost("they were lost").gap()).isEqualTo("they were lost");
        assertThat(COMPARED.withLost("they were lost").notCompared()).isNull();
        assertThat(FigureChangeSummary.notCompared(REPLACED, "it is older", List.of())
                        .withLost("they were lost")
                        .gap())
                .isEqualTo("it is older");
    }

    @Test
    void whatIsLostStaysWithWhatIsFoundAfterIt() {
        FigureChangeSummary found = COMPARED.withLost("they were lost")
                .with(new StatisticChangeSummary("an error occurred", true, 0, 0))
                .withMore(List.of("one more"));

        assertThat(found.gap()).isEqualTo("they were lost");
        assertThat(found.warnings())
                .containsExactly(
                        "the causes of changed quantiles and shares of the past are not listed: an error occurred",
                        "one more");
    }

    @Test
    void summaryIsReadAsItWasWritten() throws Exception {
        FigureChangeSummary found = COMPARED.withLost("they were lost")
                .with(new StatisticChangeSummary(null, false, 7, 0))
                .withNotes(List.of("a note"));

        assertThat(JsonMappers.camelCase()
                        .readValue(JsonMappers.camelCase().writeValueAsString(found), FigureChangeSummary.class))
                .isEqualTo(found);
    }
}
