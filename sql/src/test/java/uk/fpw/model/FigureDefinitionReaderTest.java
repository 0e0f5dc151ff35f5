package uk.fpw.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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

    /** A count that a definition names otherwise would not be counted a second time, and nobody would be told. */
    @Test
    void countsThatAreNotListedAreComparedByTheirNames() {
        assertThat(equal("queue_exit")).containsExactly("left_count", "contributor_count");
        assertThat(equal("queue_reentry")).containsExactly("reentered_count", "contributor_count");
        assertThat(equal("reentry_share"))
                .containsExactly(
                        "left_count", "known_count", "reentered_count", "not_yet_known_count", "contributor_count");
        assertThat(equal("open_age"))
                .containsExactly("waiting_count", "waiting_since_entry_count", "contributor_count");
        assertThat(equal("wait_standard"))
                .containsExactly(
                        "received_count",
                        "due_count",
                        "met_count",
                        "failed_count",
                        "left_unseen_count",
                        "unknown_count",
                        "not_yet_due_count",
                        "perhaps_due_count",
                        "perhaps_met_count",
                        "perhaps_not_met_count",
                        "contributor_count");
        assertThat(equal("case_milestone_open")).as("its key says all").isEmpty();
    }

    private static List<String> equal(String mart) {
        return FigureDefinition.all().stream()
                .filter(definition -> definition.name().equals(mart))
                .flatMap(definition -> definition.comparisons().stream())
                .filter(comparison -> comparison.table().equals("mart." + mart))
                .findFirst()
                .orElseThrow()
                .equal();
    }
}
