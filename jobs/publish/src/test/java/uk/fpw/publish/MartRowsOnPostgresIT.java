package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import uk.fpw.warehouse.testing.TestDatabase;

@Tag("thorough")
class MartRowsOnPostgresIT extends MartRowsIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }

    /** PostgreSQL does not allow NUL in a text; H2 does. */
    @Test
    void textThatTheDatabaseCannotHoldFailsAndTheNextAttemptIsFree() {
        assertThatThrownBy(() -> replace("2016-01-12.1", Map.of("slice_value", "Ward\0")))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(replace("2016-01-12.1", Map.of())).isEqualTo(1);
    }
}
