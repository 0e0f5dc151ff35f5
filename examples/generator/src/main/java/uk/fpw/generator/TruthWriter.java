package uk.fpw.generator;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.generator.record.CsvFile;
import uk.fpw.generator.record.DayPlan;
import uk.fpw.generator.record.DayPlan.FeedChanges;
import uk.fpw.generator.record.Dirt;
import uk.fpw.generator.record.LifeStep;
import uk.fpw.generator.record.QueueTruth;
import uk.fpw.generator.record.RecordVersion;
import uk.fpw.generator.record.Referral;
import uk.fpw.generator.record.SourceRecord;

/** Writes the true figures of the force, as known at the end of a day. Times are in the force's zone. */
final class TruthWriter implements AutoCloseable {

    /** An event of an item, for its spells, on the day of {@code at}. */
    private record EventRow(String event, LocalDateTime at) {}

    /**
     * A spell of an item in a queue.
     *
     * @param first when the item first entered the queue
     * @param left null while it waits
     * @param leftAs null while it waits
     */
    private record Spell(
            LocalDateTime first,
            LocalDateTime entered,
            @Nullable LocalDateTime left,
            @Nullable String leftAs) {}

    /** The attributes that an item's spells have. */
    private record Item(
            String key,
            @Nullable String contributor,
            @Nullable String deviceType,
            @Nullable String priority,
            @Nullable String caseType,
            @Nullable String riskLevel) {}

    private final LocalDate knownOn;
    private final Instant end;
    private final CsvFile events;
    private final CsvFile spells;
    private final CsvFile milestones;
    private final CsvFile gradings;
    private final CsvFile exclusions;
    private final CsvFile plan;
    private final CsvFile dirt;
    private final Map<String, Integer> counts = new TreeMap<>();

    TruthWriter(Path folder, LocalDate knownOn) {
        this.knownOn = knownOn;
        this.end = ForceCalendar.endOf(knownOn);
        events = new CsvFile(folder.resolve("events.csv"), "item,event,occurred_on,occurred_at");
        spells = new CsvFile(
                folder.resolve("spells.csv"),
                "queue,item,contributor,device_type,priority,case_type,risk_level,first_entered_on,entered_on,"
                        + "entered_at,left_on,left_at,left_as,is_served,is_reentry");
        milestones = new CsvFile(
                folder.resolve("milestones.csv"), "case_ref,case_type,aware_on,age_days,step,status,status_on");
        gradings = new CsvFile(
                folder.resolve("gradings.csv"),
                "audit_id,case_ref,scheme_version,grade,theme,assessor,population,selection,judged_on");
        exclusions = new CsvFile(folder.resolve("exclusions.csv"), "feed,item,code");
        plan = new CsvFile(folder.resolve("plan.csv"), "day,feed,inserted,updated,deleted,reinserted,refused,late");
        dirt = new CsvFile(folder.resolve("dirt.csv"), "kind,count");
    }

    void write(ForceHistory history) {
        history.devices.forEach(this::device);
        history.cases.forEach(this::caseFile);
        history.referrals.forEach(this::referral);
        for (SourceRecord row : history.audits.table.rows) {
            grading(history.audits, row);
        }
    }

    void write(DayPlan day) {
        for (FeedChanges feed : day.feeds()) {
            plan.line(List.of(
                    day.day(),
                    feed.feed(),
                    feed.inserted(),
                    feed.updated(),
                    feed.deleted(),
                    feed.reinserted(),
                    feed.refused(),
                    feed.late()));
        }
        counts.forEach((kind, count) -> dirt.line(List.of(kind, count)));
    }

    private void count(String kind) {
        counts.merge(kind, 1, Integer::sum);
    }

    private void device(DeviceLife life) {
        if (!life.isHeld(end)) {
            if (life.registeredAt.isBefore(end)) {
                count("devices deleted");
            }
            return;
        }
        String ref = life.refBefore(end);
        boolean dirty = life.isDirty(end);
        if (dirty) {
            count("devices: " + life.dirt);
        }
        if (dirty && life.dirt.excludedBy != null) {
            exclusions.line(Arrays.asList(
                    life.dirt == Dirt.UNKNOWN_EVENT_CODE ? "exhibit_events" : "exhibits", ref, life.dirt.excludedBy));
            return;
        }
        List<EventRow> happened = new ArrayList<>();
        happened.add(new EventRow("seized", life.seizedOn.atStartOfDay()));
        events.line(Arrays.asList(ref, "seized", life.seizedOn, null));
        for (LifeStep step : life.steps) {
            if (step.recordedAt().isBefore(end)) {
                happened.add(new EventRow(step.event(), step.at()));
                events.line(Arrays.asList(ref, step.event(), step.at().toLocalDate(), step.at()));
                if (ChronoUnit.DAYS.between(step.at().toLocalDate(), ForceCalendar.localDay(step.recordedAt())) > 0
                        && step.recordedAt().isAfter(DeviceEventWriter.TAKEN_OVER_AT)) {
                    count("events recorded on a later day");
                }
                if (step.code().equals("REO")) {
                    count("devices reopened");
                }
            }
        }
        boolean noType = dirty && life.dirt == Dirt.UNKNOWN_DEVICE_TYPE;
        boolean noPriority = dirty && life.dirt == Dirt.PRIORITY_MISSING;
        boolean noCase = dirty && life.dirt == Dirt.CASE_MISSING;
        Item item = new Item(
                ref,
                noCase ? null : life.caseRef,
                noType ? null : life.type,
                noPriority ? null : life.priority,
                null,
                null);
        QueueTruth.DEVICES.forEach(queue -> writeSpells(queue, item, happened, true));
    }

    private void caseFile(CaseLife life) {
        if (!life.registeredAt.isBefore(end)) {
            return;
        }
        if (life.isActionInFuture && life.actions.get(0).recordedAt().isBefore(end)) {
            exclusions.line(List.of("case_actions", life.ref, "ACTION_IN_FUTURE"));
            return;
        }
        List<EventRow> happened = new ArrayList<>();
        happened.add(new EventRow("became_aware", life.awareAt));
        for (LifeStep step : life.actions) {
            if (step.recordedAt().isBefore(end)) {
                happened.add(new EventRow(step.event(), step.at()));
            }
        }
        String type = life.isTypeMissing ? null : life.type;
        if (life.isTypeMissing) {
            count("cases without a type");
        }
        Item item = new Item(life.ref, null, null, null, type, null);
        QueueTruth.CASES.forEach(queue -> writeSpells(queue, item, happened, false));
        boolean isClosed = life.closingRecordedAt != null && life.closingRecordedAt.isBefore(end);
        if (!isClosed) {
            milestone(life, type, happened, "interview", "interviewed", "interview_not_needed");
            milestone(life, type, happened, "devices_seized", "devices_seized", "no_devices");
            milestone(life, type, happened, "analysis", "devices_analysed", "no_devices");
            milestone(life, type, happened, "safeguarding", "safeguarded", "safeguarding_not_needed");
        }
    }

    private void milestone(
            CaseLife life,
            @Nullable String type,
            List<EventRow> happened,
            String step,
            String done,
            String notApplicable) {
        String status = "not recorded";
        LocalDate on = null;
        for (EventRow event : happened) {
            if (event.event.equals(done) || event.event.equals(notApplicable)) {
                status = event.event.equals(done) ? "done" : "not applicable";
                on = event.at.toLocalDate();
            }
        }
        LocalDate aware = life.awareAt.toLocalDate();
        milestones.line(
                Arrays.asList(life.ref, type, aware, ChronoUnit.DAYS.between(aware, knownOn), step, status, on));
    }

    private void referral(Referral referral) {
        Instant removed = referral.removedAt;
        if (!referral.receivedAt.isBefore(end) || (removed != null && removed.isBefore(end))) {
            return;
        }
        Instant looked = known(referral.lookedAt);
        if (looked != null && referral.isLookedAtTooEarly) {
            exclusions.line(List.of("referrals", referral.ref, "LOOKED_AT_BEFORE_RECEIVED"));
            return;
        }
        if (referral.isRiskMissing) {
            count("referrals without a risk level");
        }
        List<EventRow> happened = new ArrayList<>();
        happened.add(new EventRow("received", local(referral.receivedAt)));
        if (looked != null) {
            happened.add(new EventRow("looked_at", local(looked)));
        }
        Instant closed = known(referral.closedUnseenAt);
        if (closed != null) {
            happened.add(new EventRow("closed_unseen", local(closed)));
        }
        Item item = new Item(referral.ref, null, null, null, null, referral.isRiskMissing ? null : referral.risk);
        QueueTruth.REFERRALS.forEach(queue -> writeSpells(queue, item, happened, false));
    }

    private @Nullable Instant known(@Nullable Instant moment) {
        return moment != null && moment.isBefore(end) ? moment : null;
    }

    private static LocalDateTime local(Instant moment) {
        return LocalDateTime.ofInstant(moment, ForceCalendar.ZONE);
    }

    private void writeSpells(QueueTruth queue, Item item, List<EventRow> happened, boolean isDayOnlyAtFirst) {
        LocalDateTime first = null;
        LocalDateTime entered = null;
        for (int i = 0; i < happened.size(); i++) {
            EventRow event = happened.get(i);
            String leftAs = queue.leaves().get(event.event);
            if (entered == null && queue.enters().contains(event.event)) {
                entered = event.at;
                first = first == null ? entered : first;
            } else if (entered != null && first != null && leftAs != null) {
                writeSpell(queue, item, new Spell(first, entered, event.at, leftAs), isDayOnlyAtFirst);
                entered = null;
            }
        }
        if (entered != null && first != null) {
            writeSpell(queue, item, new Spell(first, entered, null, null), isDayOnlyAtFirst);
        }
    }

    private void writeSpell(QueueTruth queue, Item item, Spell spell, boolean isDayOnlyAtFirst) {
        LocalDateTime entered = spell.entered;
        LocalDateTime left = spell.left;
        String leftAs = spell.leftAs;
        boolean isSeizure = isDayOnlyAtFirst && entered.toLocalTime().toSecondOfDay() == 0;
        spells.line(Arrays.asList(
                queue.queue(),
                item.key,
                item.contributor == null ? item.key : item.contributor,
                item.deviceType,
                item.priority,
                item.caseType,
                item.riskLevel,
                spell.first.toLocalDate(),
                entered.toLocalDate(),
                isSeizure ? null : entered,
                left == null ? null : left.toLocalDate(),
                left,
                leftAs,
                leftAs == null ? null : queue.served().contains(leftAs),
                !entered.equals(spell.first)));
    }

    private void grading(Audits audits, SourceRecord row) {
        RecordVersion version = row.versionBefore(end);
        if (version == null) {
            return;
        }
        if (audits.isRefused(row)) {
            count("audits refused");
        } else if (String.valueOf(version.values().get(3)).equals("outstanding")) {
            exclusions.line(Arrays.asList("case_audits", row.key, "GRADE_OUTSIDE_SCHEME"));
        } else {
            List<@Nullable Object> values = Arrays.asList(version.values().toArray());
            values.set(8, version.reportedOn());
            gradings.line(values);
        }
    }

    @Override
    public void close() {
        for (CsvFile file : List.of(events, spells, milestones, gradings, exclusions, plan, dirt)) {
            file.close();
        }
    }
}
