package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.schema.Migrations;
import uk.fpw.warehouse.testing.TestDatabase;

/**
 * Reading commands after the programs were replaced and before the first run, or after the old programs were put back.
 */
@Tag("thorough")
class OlderDatabaseIT extends FpwTesting {

    /** The oldest version that is upgraded. */
    private static final String FIRST = "41";

    private static final Map<String, String> NONE = Map.of();

    @Test
    void readingCommandsWorkOnTheDatabaseOfEveryEarlierVersionOrSayWhatBringsItForward() throws Exception {
        Force.Storage storage = storage();
        List<String> failures = new ArrayList<>();
        migrate(storage, FIRST);
        rows(storage);
        List<String> versions = Arrays.stream(
                        flyway(storage, "latest").load().info().pending())
                .map(migration -> String.valueOf(migration.getVersion()))
                .toList();
        for (String version : versions) {
            read("before " + version, failures);
            migrate(storage, version);
        }
        read("newest", failures);

        assertThat(failures).isEmpty();
    }

    private void read(String version, List<String> failures) {
        for (String command : new String[] {"status", "releases", "rejections"}) {
            out.reset();
            err.reset();
            int code = run(NONE, (command + " --force " + folder.resolve("kent")).split(" ", -1));
            boolean isSaid = code == 4
                    && text(err).contains("an earlier version of fpw made the database")
                    && text(err).lines().count() == 1;
            if (code != 0 && !isSaid) {
                failures.add(version + ": " + command + ": "
                        + text(err).lines().limit(2).toList());
            }
        }
    }

    private Force.Storage storage() throws IOException {
        folder = folder.toRealPath();
        assertThat(run(NONE, "init", "kent")).as(text(err)).isZero();
        Path warehouse = Files.createDirectories(folder.resolve("var/kent"));
        return Force.Storage.embedded(warehouse);
    }

    private void migrate(Force.Storage storage, String version) {
        flyway(storage, version).load().migrate();
        run(NONE, "trust", "--force", folder.resolve("kent").toString());
    }

    private static FluentConfiguration flyway(Force.Storage storage, String version) {
        return Migrations.written(storage.jdbcUrl())
                .dataSource(storage.jdbcUrl(), storage.jdbcUser(), "")
                .target(version);
    }

    private static void rows(Force.Storage storage) throws SQLException {
        new TestDatabase(storage.jdbcUrl(), storage.jdbcUser(), "").execute("""
                insert into ops.night (run_id, business_date, started_at, status)
                values ('2015-12-01-20151202T040000-0a1b', date '2015-12-01', current_timestamp, 'released');
                insert into ops.feed_load (load_id, feed, business_date, status, file_name, started_at, loaded_count)
                values ('1', 'devices', date '2015-12-01', 'loaded', 'devices.csv', current_timestamp, 12);
                insert into ops.release
                    (release_id, run_id, business_date, released_at, software_version, force_digest, digest)
                values ('2015-12-01.1', '2015-12-01-20151202T040000-0a1b', date '2015-12-01', current_timestamp, '0.1',
                    'f', 'd');
                insert into ops.current_release (release_id) values ('2015-12-01.1')""");
    }
}
