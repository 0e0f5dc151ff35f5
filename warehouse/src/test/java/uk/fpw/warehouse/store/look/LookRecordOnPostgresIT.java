package uk.fpw.warehouse.store.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.look.LookLog;
import uk.fpw.warehouse.testing.TestDatabase;

/** On PostgreSQL imported records cannot be changed by mistake. */
@Tag("thorough")
class LookRecordOnPostgresIT {

    @Test
    void importedRecordIsNeitherChangedNorDeleted(@TempDir Path folder) throws Exception {
        TestDatabase database = TestDatabase.postgres().migrated();
        try (LookLog log = new LookLog(
                new WarehouseFolder(folder), "fpw query", Files.getOwner(folder).getName(), Clock.systemUTC())) {
            log.read("2016-01-12.1", List.of("core.spell"), "a test");
            log.shown(3);
        }
        assertThat(new LookImport(database.dataSource(), folder, Clock.systemUTC()).run())
                .isEqualTo(3);
        assertThat(new LookVerification(database.dataSource(), folder, Clock.systemUTC())
                        .run()
                        .problems())
                .isEmpty();
        for (String change : List.of(
                "delete from ops.look_record",
                "update ops.look_record set reason = 'another'",
                "truncate ops.look_record")) {
            assertThatThrownBy(() -> database.execute(change))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("ops.look_record is a log: rows are only added");
        }
        assertThat(database.query("select count(*) from ops.look_record")).containsExactly("3");
    }
}
