package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recognising keys that a query alters. */
class AlteredKeysTest {

    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            select upper(device_id) as item_key             | upper(device_id)
            select UPPER ( d.device_id )  item_key          | UPPER ( d.device_id )
            select upper(trim(device_id)) as item_key       | upper(trim(device_id))
            select substr(device_id, 1, 4) as item_key      | substr(device_id, 1, 4)
            select device_id as item_key                    | none
            select max(device_id) as item_key               | none
            select upper(kind) as kind, device_id as item_key | none
            select device_id as item_key -- upper(device_id) as item_key | none
            """)
    void functionThatChangesATextIsFound(String sql, String expression) {
        Force force = new TinyFolder(temp)
                .write("staging/device_events.sql", sql + ", 'received' as event from devices\n")
                .read();
        assertThat(AlteredKeys.of(force))
                .extracting(AlteredKeys.AlteredKey::expression)
                .containsExactlyElementsOf(expression == null ? java.util.List.of() : java.util.List.of(expression));
    }
}
