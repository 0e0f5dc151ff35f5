package uk.fpw.nightly.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.schema.Migrations;
import uk.fpw.warehouse.testing.TestDatabase;

/** PostgreSQL rolls an interrupted migration back by itself. */
@Tag("thorough")
class UpgradeOnPostgresIT {

    @Test
    void upgradeThatIsCutOffGoesOnWhereItWas() throws Exception {
        TestDatabase database = TestDatabase.postgres();
        Migrations.written(database.url())
                .dataSource(database.url(), database.user(), database.password())
                .target("41")
                .load()
                .migrate();
        for (String statement : List.of(
                "create table ops.source_range",
                "create table ops.rekeying",
                "create or replace view \"bi_releases\".\"release\"")) {
            try (HikariDataSource dataSource =
                    CutOffMigration.failing(database.url(), database.user(), database.password(), statement)) {
                assertThatThrownBy(() -> WarehouseDatabase.migrate(dataSource))
                        .isInstanceOf(FpwException.class)
                        .hasMessageStartingWith(
                                "the database tables could not be migrated: no room is left on the disk");
            }
            assertThat(database.query("select count(*) from flyway_schema_history where not success"))
                    .containsExactly("0");
        }
        try (HikariDataSource dataSource =
                CutOffMigration.failing(database.url(), database.user(), database.password(), "none of them")) {
            WarehouseDatabase.migrate(dataSource);
        }
        assertThat(database.query("select count(*) from bi_releases.release")).containsExactly("0");
    }
}
