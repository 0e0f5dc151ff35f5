package uk.fpw.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BlockTest {

    private static Block.DataTable table(List<List<String>> rows) {
        return new Block.DataTable(
                "caption",
                List.of("a", "b", "c"),
                rows.stream()
                        .map(row -> row.stream().map(Block.Cell::of).toList())
                        .toList());
    }

    @Test
    void numbersStandOnTheRightAlsoBesideWordsForThoseThatAreNot() {
        assertThat(table(List.of(
                                List.of("1,200", "no standard", "not reached"),
                                List.of("–", "12.5 %", "+3 (+1.5 %)"),
                                List.of("not available", "", "0")))
                        .alignment())
                .isEqualTo("right1 right2 right3");
        assertThat(table(List.of(List.of("2 devices", "no standard", "–"))).alignment())
                .isEmpty();
    }

    @Test
    void partThatNamesA95PercentIntervalLeadsToWhatThatIs() {
        assertThat(Block.ofText("a", "A", "Met by 95 % (Sept 2015).").hasIntervals())
                .isFalse();
        assertThat(Block.ofText("a", "A", "A ratio of 1.2, 95 % interval 1.1 to 1.3.")
                        .hasIntervals())
                .isTrue();
        assertThat(Block.ofTable("a", "A", "", table(List.of(List.of("1", "2 (95 % interval 1 to 3)", ""))))
                        .hasIntervals())
                .isTrue();
    }

    @Test
    void columnThatIsEmptyInEveryRowIsLeftOut() {
        assertThat(table(List.of(List.of("1", "", ""), List.of("", "", "x"))).withoutEmptyColumns())
                .isEqualTo(new Block.DataTable(
                        "caption",
                        List.of("a", "c"),
                        Stream.of(List.of("1", ""), List.of("", "x"))
                                .map(row -> row.stream().map(Block.Cell::of).toList())
                                .toList()));
    }
}
