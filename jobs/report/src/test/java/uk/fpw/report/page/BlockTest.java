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
