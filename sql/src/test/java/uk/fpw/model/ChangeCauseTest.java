package uk.fpw.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangeCauseTest {

    @Test
    void causesArePrintedInThisOrder() {
        assertThat(ChangeCause.all())
                .extracting(ChangeCause::name)
                .containsExactly(
                        "software",
                        "definition",
                        "reference data",
                        "coverage",
                        "withdrawn load",
                        "deleted",
                        "excluded",
                        "no longer excluded",
                        "corrected",
                        "reclassified",
                        "re-opened",
                        "recorded late",
                        "time passed",
                        "unexplained");
    }

    @Test
    void tableNamesEveryCauseAndTheGuideExplainsIt() {
        String guide = Documents.read(Documents.root().resolve("docs/analyst.md"));
        String described = Models.find("mart.figure_change").orElseThrow().columns().stream()
                .filter(column -> column.name().equals("cause"))
                .findFirst()
                .orElseThrow()
                .description();

        assertThat(ChangeCause.all()).allSatisfy(cause -> {
            assertThat(described).contains(cause.name());
            assertThat(guide).contains("| `" + cause.name() + "` | " + cause.description());
        });
    }
}
