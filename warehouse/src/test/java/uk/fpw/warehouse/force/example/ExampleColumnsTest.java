package uk.fpw.warehouse.force.example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleColumnsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            is_reentry  | 'true or false, without quotes'
            event_order | a whole number
            left_as     | a text; put a number in quotes
            entered_on  | a date such as 2016-01-12
            """)
    void itIsSaidWhatAValueOfAColumnLooksLike(String column, String form) {
        assertThat(ExampleColumns.form(column)).isEqualTo(form);
    }
}
