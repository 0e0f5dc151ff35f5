package uk.fpw.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BostonFindingsTest {

    @Test
    void daysReadLikeSentencesAndAMissingMedianIsNotANumber() {
        assertThat(BostonFindings.days(190.0)).isEqualTo("190 days");
        assertThat(BostonFindings.days(1)).isEqualTo("1 day");
        assertThat(BostonFindings.days(2.5)).isEqualTo("2.5 days");
        assertThat(BostonFindings.days(null)).isEqualTo("not reached");
    }
}
