package uk.fpw.metrics.cases;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cases.RecordedEvent.EventDay;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.model.Models;

/**
 * Computes the rows about the open cases of one milestones definition, one case at a time: {@code mart.case_silence}
 * and {@code mart.case_clock}, and at the end {@code mart.case_silence_count}. Keeps no case in memory.
 */
public final class CaseFigures {

    /** Days of silence beyond which cases are counted: four and eight weeks, a quarter, half a year. */
    private static final List<Integer> BANDS = List.of(28, 56, 91, 182);

    private final CaseRules rules;
    private final ReleaseKey releaseKey;
    private final TableRows silences;
    private final TableRows counts;
    private final TableRows clocks;
    private final long[] silent = new long[BANDS.size()];
    private final long[] neverRecorded = new long[BANDS.size()];

    /** @param consumer receives the name of a table and the values of a row, in the order of the model's columns */
    public CaseFigures(CaseRules rules, ReleaseKey releaseKey, BiConsumer<String, Object[]> consumer) {
        this.rules = rules;
        this.releaseKey = releaseKey;
        this.silences = table("mart.case_silence", consumer);
        this.counts = table("mart.case_silence_count", consumer);
        this.clocks = table("mart.case_clock", consumer);
    }

    private static TableRows table(String name, BiConsumer<String, Object[]> consumer) {
        return new TableRows(Models.find(name).orElseThrow(), values -> consumer.accept(name, values));
    }

    /**
     * Writes the silence of a case, if the definition counts anything as activity.
     *
     * @param events possible activity of the case and its items; ignored if the silence is unknown
     * @param bulkUpdates see {@link CaseRules#isBulkUpdate}
     */
    public void writeSilence(OpenCase open, List<RecordedEvent> events, Set<EventDay> bulkUpdates) {
        if (!rules.countsActivity()) {
            return;
        }
        CaseSilence silence = rules.silenceReason() == null ? CaseSilence.of(open, events, bulkUpdates) : null;
        RecordedEvent last = silence == null ? null : silence.last();
        TableRows.Row row = row(silences, open)
                .set("last_recorded_on", null)
                .set("last_item_kind", last == null ? null : last.itemKind())
                .set("last_event", last == null ? null : last.event())
                .set("silent_days", silence == null ? null : silence.silentDays())
                .set("is_never_recorded", silence == null ? null : last == null)
                .set("ignored_event_count", silence == null ? null : silence.ignoredEvents())
                .set("silence_reason", rules.silenceReason());
        if (last != null) {
            row.setDay("last_recorded_on", last.occurredOn());
        }
        row.end();
        if (silence != null) {
            count(silence);
        }
    }

    private void count(CaseSilence silence) {
        for (int band = 0; band < BANDS.size(); band++) {
            if (silence.silentDays() > BANDS.get(band)) {
                silent[band]++;
                neverRecorded[band] += silence.last() == null ? 1 : 0;
            }
        }
    }

    /**
     * Writes where a case waits.
     *
     * @param spells of the case and its items; ignored if the waits are unknown
     */
    public void writeClock(OpenCase open, List<WaitingSpell> spells) {
        CaseClock clock = rules.clockReason() == null ? CaseClock.of(spells, rules.queues(), open.dataAsAt()) : null;
        CaseClock.Days days = clock == null ? null : clock.days();
        CaseClock.Now now = days == null ? null : days.now();
        TableRows.Row row = row(clocks, open)
                .set("open_queue_count", clock == null ? null : clock.openQueues())
                .set("waiting_item_count", clock == null ? null : clock.waitingItems())
                .set("waiting_since_on", null)
                .set("waiting_days_now", now == null ? null : now.unbroken())
                .set("longest_stage", now == null ? null : now.stage())
                .set("longest_stage_days", now == null ? null : open.dataAsAt() - now.stageSince())
                .set("clock_days", days == null ? null : days.waited())
                .set("clock_reason", clock == null ? rules.clockReason() : clock.reason());
        if (now != null) {
            row.setDay("waiting_since_on", now.since());
        }
        row.end();
    }

    private TableRows.Row row(TableRows table, OpenCase open) {
        return table.row()
                .set("force", releaseKey.force())
                .set("milestones", open.milestones())
                .set("milestones_version", open.version())
                .set("case_key", open.key())
                .setDay("aware_on", open.awareOn())
                .set("age_days", open.ageDays())
                .setDay("data_as_at", open.dataAsAt())
                .set("release_id", releaseKey.releaseId().value());
    }

    /** Writes how many of the cases written so far have been silent for each number of days. */
    public void writeCounts(long openCases) {
        boolean isKnown = rules.silenceReason() == null;
        for (int band = 0; band < BANDS.size(); band++) {
            counts.row()
                    .set("force", releaseKey.force())
                    .set("milestones", rules.milestones().name())
                    .set("milestones_version", rules.milestones().version())
                    .set("milestones_title", rules.milestones().title())
                    .set("silent_over_days", BANDS.get(band))
                    .set("open_case_count", openCases)
                    .set("silent_case_count", known(isKnown, silent[band]))
                    .set("never_recorded_count", known(isKnown, neverRecorded[band]))
                    .set("unknown_case_count", isKnown ? 0 : openCases)
                    .set("unknown_reason", rules.silenceReason())
                    .set("contributor_count", openCases)
                    .setDay("data_as_at", rules.dataAsAt())
                    .set("release_id", releaseKey.releaseId().value())
                    .end();
        }
    }

    private static @Nullable Long known(boolean isKnown, long count) {
        return isKnown ? count : null;
    }

    /**
     * The bulk updates among the events of the open cases.
     *
     * @param cases number of open cases with each event on each day
     */
    public static Set<EventDay> bulkUpdates(CaseRules rules, Map<EventDay, Long> cases, long openCases) {
        return cases.entrySet().stream()
                .filter(day -> rules.isBulkUpdate(day.getValue(), openCases))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
