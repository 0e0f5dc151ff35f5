package uk.fpw.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {

    @ParameterizedTest
    @CsvSource({
        "received, received, 0",
        "recieved, received, 1",
        "recived, received, 1",
        "receivved, received, 1",
        "reseived, received, 1",
        "Received, received, 1",
        "'', dfu, 3",
        "ca, abc, 3"
    })
    void mistakesAreCounted(String one, String other, int mistakes) {
        assertThat(EditDistance.between(one, other)).isEqualTo(mistakes);
        assertThat(EditDistance.between(other, one)).isEqualTo(mistakes);
    }
}
