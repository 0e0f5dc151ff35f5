package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.nightly.run.MigratedWarehouse;
import uk.fpw.warehouse.testing.TestDatabase;

/** What users read before the first run of a new version. */
class UpgradeCheckIT extends FpwTesting {

    @BeforeEach
    void newFolder() {
        run(Map.of(), "init", "kent");
        out.reset();
    }

    @Test
    void changesSinceTheVersionThatLastRanAreToldWhereTheyConcernTheFolder() throws IOException, SQLException {
        edit("feeds/devices.yml", "extract: full", "limits: {max_refused_share: 0.2}\nextract: full");
        edit(
                "staging/device_events.yml",
                "at_entry:\n  - {attribute: device_type, from: fixed, of: devices.device_type}\n",
                "");
        TestDatabase database = withRelease();
        assertThat(check())
                .contains("upgrade: fpw 0.0.9, which made release 2026-11-23.1, treats this folder as this version "
                        + "does\n");

        database.execute("delete from \"flyway_schema_history\" where \"version\" > '0041'");
        assertThat(check()).contains("""
                upgrade: fpw 0.0.9, which made release 2026-11-23.1, treats this folder differently from this \
                version:
                  feeds/devices.yml: a run that keeps more rows from being deleted than the previous run ends with \
                exit code 9
                  queues/awaiting_examination.yml: no more curves, standards or tests by device_type: where the value \
                of device_type at entry comes from is not declared (at_entry in staging/device_events.yml)
                  force.yml: pages show every count as it is, also those of 1 to 4, and name who may read them; \
                pages.small_cell_threshold has no effect
                """);

        // reading commands work on the tables of the previous version
        for (String schema : List.of("bi_releases", "bi_detail", "bi")) {
            database.execute("drop schema " + schema + " cascade");
        }
        database.execute("alter table ops.release_feed drop column delivery");
        database.execute("alter table ops.feed_load drop column superseded_count");
        database.execute("alter table ops.feed_load drop column kept_out_count");
        database.execute("drop table ops.unreadable_value");
        database.execute("insert into ops.feed_load (load_id, feed, business_date, status, started_at) values "
                + "('load-1', 'devices', date '2026-11-23', 'loaded', current_timestamp)");
        database.execute("insert into ops.release_feed (release_id, feed, complete_to) values ('2026-11-23.1', "
                + "'devices', date '2026-11-23')");
        for (String command : List.of("status", "releases", "rejections")) {
            assertThat(run(Map.of(), command, "--force", "kent")).as(text(err)).isZero();
        }

        database.execute("delete from ops.release");
        assertThat(check()).contains("upgrade: no version of fpw has released anything of this folder yet\n");
    }

    @Test
    void oldNamesOfViewsAreListedAndDroppedOnRequest() throws SQLException {
        TestDatabase database = withRelease();
        database.execute("create view bi.queue_monthly as select release_id from bi_detail.queue_monthly");

        assertThat(run(Map.of(), "bi", "--force", "kent")).as(text(err)).isZero();
        assertThat(text(out)).isEqualTo("""
                Old names, which the next version no longer has (to drop them: --drop-old):
                  bi.queue_monthly
                """);
        out.reset();
        assertThat(run(Map.of(), "bi", "--drop-old", "--force", "kent"))
                .as(text(err))
                .isZero();
        assertThat(text(out)).isEqualTo("""
                Dropped, and still in bi_detail under the same names:
                  bi.queue_monthly
                """);
        out.reset();
        assertThat(run(Map.of(), "bi", "--force", "kent")).as(text(err)).isZero();
        assertThat(text(out)).isEqualTo("Schema bi has no name of an earlier version.\n");
        assertThat(database.query("select count(*) from bi_detail.queue_monthly"))
                .containsExactly("0");
    }

    @Test
    void keyThatAQueryChangesIsFound() throws IOException {
        edit("staging/device_events.sql", "exhibit as item_key", "upper(exhibit) as item_key");
        assertThat(check())
                .contains("warning: staging/device_events.sql: item_key is upper(exhibit), which breaks links and "
                        + "stops the run where it is not the loaded value; remove the function, and change the text in "
                        + "the feed, with transform\n")
                .contains("upgrade: no version of fpw has released anything of this folder yet\n");
    }

    private TestDatabase withRelease() throws SQLException {
        TestDatabase database = MigratedWarehouse.in(folder.resolve("var/kent"));
        database.execute("insert into ops.release (release_id, run_id, business_date, released_at, software_version, "
                + "force_digest, digest) values ('2026-11-23.1', '2026-11-23-20261124T020000-0001', date '2026-11-23', "
                + "current_timestamp, '0.0.9', 'f', 'd')");
        return database;
    }

    private void edit(String file, String text, String replacement) throws IOException {
        Path path = folder.resolve("kent").resolve(file);
        String before = Files.readString(path);
        assertThat(before).contains(text);
        Files.writeString(path, before.replace(text, replacement));
    }

    private String check() {
        out.reset();
        assertThat(run(Map.of(), "check", "--quick", "--upgrade", "--force", "kent"))
                .as(text(err))
                .isZero();
        return text(out);
    }
}
