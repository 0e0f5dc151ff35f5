package uk.fpw.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluralTest {

    @ParameterizedTest
    @CsvSource({"1, row, 1 row", "0, row, 0 rows", "2, query, 2 queries", "3, day, 3 days", "2, devices, 2 devices"})
    void numberIsFollowedByTheWordForSoMany(long count, String thing, String words) {
        assertThat(Plural.of(count, thing)).isEqualTo(words);
        assertThat(Plural.grouped(1000 * count, thing))
                .isEqualTo((count == 0 ? "0 " : count + ",000 ") + Plural.of(thing));
    }
}
