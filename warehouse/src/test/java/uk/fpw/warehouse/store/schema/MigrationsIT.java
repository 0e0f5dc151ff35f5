package uk.fpw.warehouse.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

/** The hand-written migrations. */
class MigrationsIT {

    @Test
    void newestOneIsTheLastFile() {
        String url = "jdbc:h2:mem:";
        MigrationVersion last = Arrays.stream(Migrations.written(url)
                        .dataSource(url, "", "")
                        .load()
                        .info()
                        .pending())
                .map(MigrationInfo::getVersion)
                .filter(Objects::nonNull)
                .max(MigrationVersion::compareTo)
                .orElseThrow();

        assertThat(Migrations.NEWEST)
                .as("NEWEST in Migrations; with another one every command starts Flyway, which takes a second")
                .isEqualTo(last.getVersion());
    }
}
