package uk.fpw.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameListTest {

    private static final List<String> NAMES = List.of("bail", "custody", "dfu", "exhibits");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4 | bail, custody, dfu, exhibits
            3 | bail, custody, dfu and 1 more
            1 | bail and 3 more
            """)
    void firstNamesAreFollowedByTheNumberOfTheOthers(int most, String shown) {
        assertThat(NameList.first(most, NAMES)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            34 | bail or custody or dfu or exhibits
            33 | bail or custody or dfu and 1 more
            32 | bail or custody and 2 more
            3  | bail and 3 more
            """)
    void namesAreShownAsFarAsTheyFit(int length, String shown) {
        assertThat(NameList.fitting(length, " or ", NAMES)).isEqualTo(shown);
    }
}
