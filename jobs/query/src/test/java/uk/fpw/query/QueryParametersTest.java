package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class QueryParametersTest {

    @Test
    void parameterThatIsDeclaredTwiceIsAnErrorOfTheQuery() {
        String sql = "-- Parameter: queue, text. Only this queue.\n-- Parameter: queue, date. Another.\nselect :queue";

        assertThatThrownBy(() -> QueryParameters.of(sql))
                .isInstanceOf(QueryException.class)
                .hasMessage("the query declares the parameter queue twice; remove one line");
    }

    @Test
    void longTextHoldsNoPlaceOfAParameter() {
        String text = "'" + "it''s :queue, ".repeat(20_000) + "'";
        String sql = "-- Parameter: queue, text. Only this queue.\nselect " + text;

        assertThat(QueryParameters.placed(sql, QueryParameters.bind(QueryParameters.of(sql), List.of())))
                .isEqualTo(sql);
    }
}
