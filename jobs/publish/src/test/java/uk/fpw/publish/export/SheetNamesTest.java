package uk.fpw.publish.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

class SheetNamesTest {

    @Test
    void longNamesAreCutAndNumbered() {
        SheetNames names = new SheetNames(List.of("about"));
        assertThat(names.of("a".repeat(31))).isEqualTo("a".repeat(31));
        assertThat(names.of("b".repeat(32))).isEqualTo("b".repeat(29) + "~1");
        assertThat(names.of("b".repeat(40))).isEqualTo("b".repeat(29) + "~2");
    }

    @Test
    void takenNamesAreNumbered() {
        SheetNames names = new SheetNames(List.of("about", "columns"));
        assertThat(names.of("about")).isEqualTo("about~2");
        assertThat(names.of("history")).isEqualTo("history~2");
        assertThat(names.of("Columns")).isEqualTo("Columns~2");
    }

    @Test
    void everyMartHasItsOwnName() {
        SheetNames names = new SheetNames(List.of("about", "columns"));
        assertThat(Models.marts().stream().map(Model::name).map(names::of))
                .isEqualTo(Models.marts().stream().map(Model::name).toList());
    }
}
