package uk.fpw.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What the list of definitions has to say. */
class FigureDefinitionReaderTest {

    private static final ModelFiles OWN = ModelFiles.own();

    /** Its changes would be explained by nothing. */
    @Test
    void countThatIsExplainedAsASumHasADefinition() {
        String definitions = OWN.text("definition/definitions.yml").orElseThrow();
        String without = definitions.replace(
                "- table: mart.queue_exit", "- table: mart.queue_exit\n        equal: [contributor_count]");
        assertThat(without).isNotEqualTo(definitions);

        assertThatThrownBy(() -> new FigureDefinitionReader(path -> path.equals("definition/definitions.yml")
                                ? java.util.Optional.of(without)
                                : OWN.text(path))
                        .definitions())
                .isInstanceOf(ModelException.class)
                .hasMessage("no definition counts all figures of mart.queue_exit that are explained as sums: "
                        + "left_count; count them in one, and list them under its 'equal', if it has that, in "
                        + "fpw/definition/definitions.yml");
    }
}
