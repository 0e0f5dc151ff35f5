package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.testing.TestDatabase;

class FailedNoticesIT {

    private static final Instant MONDAY = Instant.parse("2026-11-23T03:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-24T03:00:00Z");
    private static final Instant WEDNESDAY = Instant.parse("2026-11-25T03:00:00Z");

    @TempDir
    private Path folder;

    TestDatabase database(Path inFolder) {
        return TestDatabase.embedded(inFolder);
    }

    @Test
    void failuresOfAChannelAreResolvedByItsNextSuccess() throws SQLException {
        TestDatabase database = database(folder);
        database.baseline();
        FailedNotices notices = new FailedNotices(database.dataSource());
        assertThat(notices.unresolved(MONDAY)).as("of an earlier version").isEmpty();
        database.migrate("V0073__create_failed_notice");

        notices.record(MONDAY, "released", Map.of("mail", "no answer", "webhook", "no answer"));
        notices.record(TUESDAY, "failed", Map.of("mail", "refused"));
        FailedNotices.Unresolved mail = new FailedNotices.Unresolved("mail", MONDAY, TUESDAY, "failed", "refused", 2);
        assertThat(notices.unresolved(MONDAY)).containsExactly(mail);
        assertThat(notices.unresolved(TUESDAY))
                .as("of a channel no longer used")
                .isEmpty();

        notices.record(WEDNESDAY, "late", Map.of("all", "a setting is wrong"));
        assertThat(notices.unresolved(MONDAY))
                .as("wrong settings do not say that e-mails work")
                .containsExactly(
                        new FailedNotices.Unresolved("all", WEDNESDAY, WEDNESDAY, "late", "a setting is wrong", 1),
                        mail);

        notices.record(WEDNESDAY, "released", Map.of());
        assertThat(notices.unresolved(MONDAY)).isEmpty();
    }
}
