package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReadyQueriesTest {

    @Test
    void everyQuerySaysWhatItAnswersAndWhatItCannot() {
        List<ReadyQueries.ReadyQuery> queries = ReadyQueries.all();

        assertThat(queries).hasSizeGreaterThanOrEqualTo(10).allSatisfy(query -> {
            assertThat(query.question()).as(query.name()).endsWith("?").hasSizeLessThanOrEqualTo(160);
            assertThat(query.sql())
                    .as(query.name())
                    .contains("\n-- Says: ")
                    .contains("\n-- Cannot say: ")
                    .contains("\n-- Grain: ")
                    .contains("Parameters: "
                            + (query.parameters().isEmpty()
                                    ? "none"
                                    : String.join(
                                            ", ",
                                            query.parameters().stream()
                                                    .map(QueryParameters.Parameter::name)
                                                    .toList()))
                            + ".");
            assertThat(query.sql().lines().filter(line -> line.startsWith("-- Parameter: ")))
                    .as(query.name())
                    .hasSameSizeAs(query.parameters());
        });
    }

    @Test
    void anUnknownNameListsThoseThereAre() {
        assertThatThrownBy(() -> ReadyQueries.named("nosuch"))
                .hasMessageStartingWith(
                        "there is no ready-made query 'nosuch'; there are: waiting_now, past_standard_now, ");
    }
}
