package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoFindingsTest {

    @Test
    void daysReadLikeSentencesAndAMissingMedianIsNotANumber() {
        assertThat(DemoFindings.days(190.0)).isEqualTo("190 days");
        assertThat(DemoFindings.days(1)).isEqualTo("1 day");
        assertThat(DemoFindings.days(2.5)).isEqualTo("2.5 days");
        assertThat(DemoFindings.days(null)).isEqualTo("not reached");
    }
}
