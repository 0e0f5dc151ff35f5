package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.fpw.nightly.notify.Receivers;
import uk.fpw.nightly.run.MigratedWarehouse;
import uk.fpw.warehouse.installation.NotifySettings;
import uk.fpw.warehouse.testing.TestDatabase;

/** What programs get from {@code fpw status}. */
class StatusOutputIT extends FpwTesting {

    private static final String RUN = "2026-11-23-20261124T020000-0001";

    private void writeDatabase() throws SQLException {
        run(Map.of(), "init", "kent");
        TestDatabase database = MigratedWarehouse.in(folder.resolve("var/kent"));
        database.execute("insert into ops.release (release_id, run_id, business_date, released_at, software_version, "
                + "force_digest, digest) values ('2026-11-23.1', '" + RUN + "', date '2026-11-23', "
                + "timestamp with time zone '2026-11-24 02:10:00+00:00', '0.1.0', 'f', 'd')");
        database.execute("insert into ops.current_release (release_id) values ('2026-11-23.1')");
        database.execute("insert into ops.release_feed (release_id, feed, complete_to) values "
                + "('2026-11-23.1', 'devices', date '2026-11-22')");
        database.execute("insert into ops.night (run_id, business_date, started_at, finished_at, status, exit_code, "
                + "release_id, command) values ('" + RUN + "', date '2026-11-23', "
                + "timestamp with time zone '2026-11-24 02:00:00+00:00', "
                + "timestamp with time zone '2026-11-24 02:12:00+00:00', 'released', 0, '2026-11-23.1', 'nightly')");
        database.execute("insert into ops.feed_load (load_id, feed, business_date, status, started_at, finished_at, "
                + "received_count, loaded_count, unchanged_count, repeated_count, superseded_count, refused_count, "
                + "empty_key_count, kept_out_count, deleted_count, held_count, reconcile) values "
                + "('load-1', 'devices', date '2026-11-22', 'loaded', current_timestamp, "
                + "timestamp with time zone '2026-11-24 02:01:00+00:00', 10, 4, 3, 1, 0, 2, 1, 0, 0, 3, '7 days'), "
                + "('load-2', 'cases', date '2026-11-23', 'running', current_timestamp, null, "
                + "null, null, null, null, null, null, null, null, null, null, null)");
        database.execute(
                "insert into ops.feed_account (run_id, feed, current_count, used_count, excluded_count, ahead_count, "
                        + "out_of_scope_count, were_in_scope_count, scope_changed_count) values ('" + RUN
                        + "', 'devices', 9, 5, 1, 2, 1, 0, 0)");
        database.execute("update ops.feed_load set before_count = 10, changed_count = 4 where load_id = 'load-1'");
        database.execute("insert into batch_job_instance (job_instance_id, job_name, job_key) values (1, "
                + "'fpw nightly', 'k')");
        database.execute("insert into batch_job_execution (job_execution_id, job_instance_id, create_time) values "
                + "(2, 1, current_timestamp)");
        database.execute("insert into batch_job_execution_params (job_execution_id, parameter_name, parameter_type, "
                + "parameter_value, identifying) values (2, 'runId', 'java.lang.String', '" + RUN + "', 'Y')");
        database.execute("insert into batch_step_execution (step_execution_id, version, step_name, job_execution_id, "
                + "create_time, start_time, end_time) values (3, 1, 'loadFeeds', 2, current_timestamp, "
                + "timestamp '2026-11-24 02:00:00', timestamp '2026-11-24 02:01:30.5'), (4, 1, 'computeCandidate', 2, "
                + "current_timestamp, timestamp '2026-11-24 02:01:31', null)");
        database.execute("insert into ops.exclusion_count (run_id, feed, code, row_count) values ('" + RUN
                + "', 'devices', 'NO_QUEUE', 1)");
    }

    private JsonNode status(int exitCode, String... options) {
        out.reset();
        err.reset();
        List<String> arguments = new ArrayList<>(List.of("status", "--force", "kent", "--format", "json"));
        arguments.addAll(List.of(options));
        assertThat(run(Map.of(), arguments.toArray(String[]::new)))
                .as(text(err))
                .isEqualTo(exitCode);
        return CommandOutput.of("status", text(out));
    }

    @Test
    void stateIsInTheNamesOfTheColumnsAndWhatIsUnknownIsNullWithTheReason() throws SQLException, IOException {
        writeDatabase();
        JsonNode status = status(0);

        assertThat(status.get("force").asText()).isEqualTo("kent");
        assertThat(status.get("warehouse").asText())
                .isEqualTo(folder.resolve("var/kent").toString());
        assertThat(status.get("release").toString())
                .isEqualTo("{\"release_id\":\"2026-11-23.1\",\"business_date\":\"2026-11-23\",\"released_at\":"
                        + "\"2026-11-24T02:10:00Z\",\"digest\":\"d\",\"is_current\":true,\"lacking\":"
                        + "[{\"feed\":\"devices\",\"complete_to\":\"2026-11-22\"}],\"not_due\":[],\"old_content\":[],"
                        + "\"not_delivered\":[],\"withdrawn_loads\":[]}");
        assertThat(status.get("release_unavailable_reason").isNull()).isTrue();
        assertThat(status.get("deadline").isNull()).isTrue();
        assertThat(status.get("lock").isNull()).isTrue();
        assertThat(status.get("runs").toString())
                .isEqualTo("[{\"run_id\":\"" + RUN + "\",\"business_date\":\"2026-11-23\",\"status\":\"released\","
                        + "\"exit_code\":0,\"release_id\":\"2026-11-23.1\",\"started_at\":\"2026-11-24T02:00:00Z\","
                        + "\"finished_at\":\"2026-11-24T02:12:00Z\",\"message\":null}]");
        assertThat(status.get("loads").get(1).toString())
                .isEqualTo("{\"feed\":\"devices\",\"load_id\":\"load-1\",\"business_date\":\"2026-11-22\","
                        + "\"status\":\"loaded\",\"finished_at\":\"2026-11-24T02:01:00Z\",\"received_count\":10,"
                        + "\"loaded_count\":4,\"unchanged_count\":3,\"repeated_count\":1,\"superseded_count\":0,"
                        + "\"refused_count\":2,\"empty_key_count\":1,\"kept_out_count\":0,\"deleted_count\":0,"
                        + "\"held_count\":3,\"unavailable_reason\":null}");
        assertThat(status.get("accounts").toString())
                .isEqualTo("[{\"feed\":\"devices\",\"business_date\":\"2026-11-23\",\"current_count\":9,"
                        + "\"used_count\":5,\"excluded_count\":1,\"ahead_count\":2,\"out_of_scope_count\":1}]");

        assertThat(status.get("phases").toString())
                .isEqualTo("[{\"phase\":\"load_feeds\",\"seconds\":90.5},{\"phase\":\"compute_candidate\","
                        + "\"seconds\":null}]");
        assertThat(status.get("slow_phases")).isEmpty();
        assertThat(status.get("limits_unavailable_reason").asText())
                .isEqualTo("the folder of the run that made the release is gone, so those of queues are unknown");

        JsonNode killed = status.get("loads").get(0);
        assertThat(killed.get("feed").asText()).isEqualTo("cases");
        assertThat(killed.get("status").asText()).isEqualTo("terminated");
        assertThat(killed.get("received_count").isNull()).isTrue();
        assertThat(killed.get("unavailable_reason").asText())
                .isEqualTo("the load did not end as loaded, so it is unknown what was not counted before");
        assertThat(status.get("comparisons").get(0).get("unavailable_reason").asText())
                .isEqualTo("never compared in full");

        metricsReplaceAFile();
    }

    private void metricsReplaceAFile() throws IOException {
        out.reset();
        err.reset();
        Path file = Files.writeString(folder.resolve("fpw.prom"), "earlier");
        assertThat(run(Map.of(), "status", "--force", "kent", "--format", "prometheus", "--to", file.toString()))
                .as(text(err))
                .isZero();

        assertThat(text(out)).isEmpty();
        assertThat(Files.readString(file).lines())
                .contains(
                        "# TYPE fpw_release_age_seconds gauge",
                        "fpw_run_exit_code{force=\"kent\"} 0",
                        "fpw_run_seconds{force=\"kent\"} 720.0",
                        "fpw_phase_seconds{force=\"kent\",phase=\"load_feeds\"} 90.5",
                        "fpw_feed_loaded{force=\"kent\",feed=\"devices\"} 1",
                        "fpw_feed_load_rows{force=\"kent\",feed=\"devices\",rows=\"refused\"} 2",
                        "fpw_feed_load_rows{force=\"kent\",feed=\"devices\",rows=\"held\"} 3",
                        "fpw_feed_rows{force=\"kent\",feed=\"devices\",rows=\"used\"} 5",
                        "fpw_limit_ratio{force=\"kent\",subject=\"devices\",limit=\"deleted\"} 0.0")
                .noneMatch(line -> line.contains("feed=\"cases\",rows="));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("kent", "var", "fpw.prom");
        }
        assertThat(run(Map.of(), "status", "--force", "kent", "--format", "prometheus", "--to", "none/fpw.prom"))
                .isEqualTo(4);
        assertThat(text(err))
                .startsWith("fpw: --to: " + folder.resolve("none/fpw.prom") + " cannot be written: ")
                .endsWith("; check that its folder exists and that this user may write to it\n");
    }

    @Test
    void noticesThatFailAreShownUntilTheirChannelWorksAgain() throws SQLException, IOException {
        writeDatabase();
        Map<String, String> environment = new HashMap<>();
        try (Receivers receivers = Receivers.started()) {
            environment.putAll(receivers.environment(folder));
            environment.put(NotifySettings.WEBHOOK_VARIABLE, receivers.url("/secret-token"));
            assertThat(run(environment, "notify", "failed", "--force", "kent")).isEqualTo(4);
            assertThat(run(environment, "notify", "late", "--force", "kent")).isEqualTo(4);

            assertThat(text(err)).doesNotContain("not recorded");
            JsonNode failed = status(0).get("failed_notices");
            assertThat(failed).hasSize(1);
            assertThat(failed.get(0).get("channel").asText()).isEqualTo("webhook");
            assertThat(failed.get(0).get("failed_count").asInt()).isEqualTo(2);
            assertThat(failed.get(0).get("event").asText()).isEqualTo("late");
            assertThat(failed.get(0).get("reason").asText())
                    .isEqualTo("the server refused the notice, or one of its addresses");
            assertThat(statusAs("prometheus")).contains("fpw_failed_notices{force=\"kent\",channel=\"webhook\"} 2\n");
            assertThat(statusAs("table"))
                    .containsPattern("\n\nNotices that failed\n {2}The webhook has not been told since [0-9-]{10} "
                            + "[0-9:]{5} \\(2 notices, the latest: late\\): the server refused the notice, or one of "
                            + "its addresses\\. Correct notify in the installation's file, or the server, then try it: "
                            + "fpw notify failed --test\\.\n")
                    .doesNotContain("secret-token", "127.0.0.1", "example.org");

            environment.put(NotifySettings.WEBHOOK_VARIABLE, receivers.url("/fpw"));
            assertThat(run(environment, "notify", "failed", "--test", "--force", "kent"))
                    .isZero();
            assertThat(status(0).get("failed_notices")).isEmpty();
        }

        environment.put(NotifySettings.WEBHOOK_VARIABLE, "ftp://example.org/secret-token");
        assertThat(run(environment, "status", "--force", "kent", "--fail-unless-released-by", "00:00"))
                .isEqualTo(7);
        JsonNode nobody = status(0).get("failed_notices").get(0);
        assertThat(nobody.get("channel").asText()).isEqualTo("all");
        assertThat(nobody.get("reason").asText()).isEqualTo("a definition or a setting is wrong");
    }

    private String statusAs(String format) {
        out.reset();
        assertThat(run(Map.of(), "status", "--force", "kent", "--format", format))
                .isZero();
        return text(out);
    }

    @Test
    void warehouseInWhichNothingIsHasNoReleaseAndMissesTheDeadline() {
        Path made = folder.resolve("var/kent");
        run(Map.of(), "init", "kent");
        JsonNode status = status(7, "--fail-unless-released-by", "00:00");

        assertThat(status.get("release").isNull()).isTrue();
        assertThat(status.get("release_unavailable_reason").asText())
                .startsWith("none yet; nothing has been loaded into the warehouse " + made + " yet");
        assertThat(status.get("deadline").get("is_missed").asBoolean()).isTrue();
        assertThat(text(err))
                .isEqualTo("fpw: " + status.get("deadline").get("reason").asText() + "\n");
        assertThat(made).doesNotExist();
    }
}
