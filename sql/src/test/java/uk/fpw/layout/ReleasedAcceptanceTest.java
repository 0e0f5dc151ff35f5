package uk.fpw.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReleasedAcceptanceTest {

    @Test
    void sentenceOfAnEarlierVersionIsPartedAsItWasMade() {
        for (ReleasedAcceptance made : new ReleasedAcceptance[] {
            acceptance("996 of 1,002 rows deleted (99.4 %)", "the archive was cleared", "ann"),
            acceptance("up to 400", "rows moved (2009), because they are old", "Ann (admin)"),
            acceptance(null, "(all of it)", "ann")
        }) {
            assertThat(ReleasedAcceptance.ofSentence(made.describe())).isEqualTo(made);
        }
    }

    @Test
    void accountIsLeftOutWhereItSaysNothing() {
        assertThat(acceptance("up to 400", "the archive was cleared", "Ann (admin)")
                        .describeWithoutAccount())
                .isEqualTo("requests:deleted of 2016-01-12 (up to 400), because the archive was cleared");
    }

    @Test
    void sentenceOfUnknownFormIsShownAsItIs() {
        ReleasedAcceptance unknown = ReleasedAcceptance.ofSentence("requests may lose rows");
        assertThat(unknown.describe()).isEqualTo("requests may lose rows");
        assertThat(unknown.describeWithoutAccount()).isEqualTo("requests may lose rows");
    }

    private static ReleasedAcceptance acceptance(@Nullable String extent, String reason, String recordedBy) {
        return new ReleasedAcceptance("requests", "deleted", LocalDate.of(2016, 1, 12), extent, reason, recordedBy);
    }
}
