package uk.fpw.nightly.cli.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.nightly.cli.option.ReleaseJson;
import uk.fpw.nightly.measure.FailedChannel;
import uk.fpw.warehouse.store.ledger.AccountLedger;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.ledger.feed.LoadStatus;
import uk.fpw.warehouse.store.limit.Acceptance;
import uk.fpw.warehouse.store.limit.LimitUse;
import uk.fpw.warehouse.store.lock.WarehouseLock;

/** The state of a warehouse for programs; fields have the names of the columns of {@code ops}. */
final class StatusJson {

    private final StatusReport report;

    StatusJson(StatusReport report) {
        this.report = report;
    }

    /** The fields, see {@code fpw/output/status.schema.json}. */
    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("force", report.force().code());
        fields.put("name", report.force().name());
        fields.put("zone", report.force().zone().getId());
        fields.put("warehouse", report.force().storage().warehouse());
        fields.put("read_at", report.readAt());
        fields.put("release", release());
        fields.put("release_unavailable_reason", report.noRelease());
        fields.put("deadline", deadline());
        fields.put("lock", lock());
        fields.put("runs", report.runs().stream().map(this::run).toList());
        fields.put("loads", report.loads().stream().map(this::load).toList());
        fields.put(
                "accounts", report.accounts().stream().map(StatusJson::account).toList());
        fields.put(
                "comparisons",
                report.comparisons().stream().map(StatusJson::comparison).toList());
        fields.put(
                "withdrawn",
                report.withdrawn().stream().map(StatusJson::withdrawn).toList());
        fields.put(
                "accepted", report.accepted().stream().map(StatusJson::accepted).toList());
        fields.put(
                "failed_notices",
                report.failedChannels().stream().map(StatusJson::failed).toList());
        StatusMeasures measures = report.measures();
        fields.put("phases", measures.phases());
        fields.put("phases_unavailable_reason", measures.phasesUnavailable());
        fields.put("slow_phases", measures.slow());
        fields.put(
                "limits",
                measures.limits().uses().stream().map(StatusJson::limit).toList());
        fields.put("limits_unavailable_reason", measures.limits().unavailable());
        fields.put("notes", notes());
        return fields;
    }

    private @Nullable Map<String, @Nullable Object> release() {
        if (report.release() == null) {
            return null;
        }
        Map<String, @Nullable Object> fields = ReleaseJson.of(report.release(), true);
        fields.put(
                "withdrawn_loads",
                report.withdrawnLoads().stream()
                        .map(WithdrawnReleases.WithdrawnLoad::loadId)
                        .toList());
        return fields;
    }

    private @Nullable Map<String, @Nullable Object> deadline() {
        StatusReport.AskedDeadline asked = report.deadline();
        if (asked == null) {
            return null;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("business_date", asked.at().businessDate());
        fields.put("at", asked.at().at().toInstant());
        fields.put("is_missed", report.isMissed());
        fields.put("reason", asked.missed());
        return fields;
    }

    private @Nullable Map<String, @Nullable Object> lock() {
        WarehouseLock.Holding held = report.lock();
        if (held == null) {
            return null;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run_id", held.holder().runId());
        fields.put("pid", held.holder().pid());
        fields.put("host", held.holder().host());
        fields.put("acquired_at", held.acquiredAt());
        fields.put("heartbeat_at", held.heartbeatAt());
        fields.put("has_ended", held.hasEnded());
        return fields;
    }

    private Map<String, @Nullable Object> run(RunLedger.Run run) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run_id", run.runId());
        fields.put("business_date", run.businessDate());
        fields.put("status", report.statusOf(run.status()));
        fields.put("exit_code", run.exitCode());
        fields.put("release_id", run.releaseId());
        fields.put("started_at", run.startedAt());
        fields.put("finished_at", run.finishedAt());
        fields.put("message", run.message());
        return fields;
    }

    private Map<String, @Nullable Object> load(LoadStatus.LatestLoad load) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("feed", load.feed());
        fields.put("load_id", load.loadId());
        fields.put("business_date", load.businessDate());
        fields.put("status", report.statusOf(load.status()));
        fields.put("finished_at", load.finishedAt());
        Map<String, @Nullable Object> counts = new LinkedHashMap<>();
        counts.put("received_count", load.received());
        counts.put("loaded_count", load.loaded());
        counts.put("unchanged_count", load.unchanged());
        counts.put("repeated_count", load.repeated());
        counts.put("superseded_count", load.superseded());
        counts.put("refused_count", load.refused());
        counts.put("empty_key_count", load.emptyKey());
        counts.put("kept_out_count", load.keptOut());
        counts.put("deleted_count", load.deleted());
        counts.put("held_count", load.held());
        fields.putAll(counts);
        fields.put(
                "unavailable_reason",
                !counts.containsValue(null)
                        ? null
                        : load.status().equals("loaded")
                                ? "an earlier version of fpw did not count it"
                                : "the load did not end as loaded, so it is unknown what was not counted before");
        return fields;
    }

    private static Map<String, @Nullable Object> account(AccountLedger.Account account) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("feed", account.rows().feed());
        fields.put("business_date", account.businessDate());
        fields.put("current_count", account.rows().currentCount());
        fields.put("used_count", account.rows().usedCount());
        fields.put("excluded_count", account.rows().rowsExcluded());
        fields.put("ahead_count", account.rows().aheadCount());
        fields.put("out_of_scope_count", account.rows().outOfScope().rowCount());
        return fields;
    }

    private static Map<String, @Nullable Object> comparison(LoadStatus.Comparison feed) {
        boolean isCompared = feed.on() != null;
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("feed", feed.feed());
        fields.put("reconciled_on", feed.on());
        fields.put("next_reconcile_on", feed.nextOn());
        fields.put("reconciled_added_count", isCompared ? feed.added() : null);
        fields.put("reconciled_changed_count", isCompared ? feed.changed() : null);
        fields.put("reconciled_deleted_count", isCompared ? feed.deleted() : null);
        fields.put("above_gap_count", feed.aboveGap());
        fields.put("unavailable_reason", isCompared ? null : "never compared in full");
        return fields;
    }

    private static Map<String, @Nullable Object> withdrawn(LoadStatus.Withdrawn one) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("what", one.what());
        fields.put("withdrawn_at", one.at());
        fields.put("withdrawn_by", one.by());
        fields.put("withdrawn_reason", one.reason());
        return fields;
    }

    private static Map<String, @Nullable Object> accepted(Acceptance one) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("subject", one.subject());
        fields.put("limit", one.limit().text());
        fields.put("business_date", one.businessDate());
        fields.put("reason", one.reason());
        fields.put("recorded_by", one.recordedBy());
        fields.put("used_by_run", one.usedByRun());
        return fields;
    }

    private static Map<String, @Nullable Object> failed(FailedChannel channel) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("channel", channel.failures().channel());
        fields.put("failed_count", channel.failures().count());
        fields.put("since", channel.failures().since());
        fields.put("failed_at", channel.failures().failedAt());
        fields.put("event", channel.failures().event());
        fields.put("reason", channel.failures().reason());
        return fields;
    }

    private static Map<String, @Nullable Object> limit(LimitUse use) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("subject", use.subject());
        fields.put("limit", use.limit());
        fields.put("count", use.count());
        fields.put("allowed", use.allowed());
        fields.put("ratio", use.ratio());
        return fields;
    }

    private Map<String, @Nullable Object> notes() {
        StatusReport.Notes notes = report.notes();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("unread_files", stripped(notes.files()));
        fields.put("deliveries", stripped(notes.deliveries()));
        fields.put("restatements", notes.restatements());
        fields.put("pages", notes.pages());
        fields.put("erasures", notes.erasures());
        fields.put("restrictions", notes.restrictions());
        fields.put("retention", notes.retention());
        fields.put("cluster", notes.cluster());
        return fields;
    }

    private static List<String> stripped(List<String> lines) {
        return lines.stream().map(String::strip).toList();
    }
}
