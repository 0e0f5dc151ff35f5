package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.warehouse.force.queue.Better;
import uk.fpw.warehouse.force.queue.PrimaryMeasure;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.queue.Service;
import uk.fpw.warehouse.force.sql.SqlFileCheck;

class QueueFingerprintTest {

    private static final String QUEUE = "queues/awaiting_examination.yml";
    private static final String STAGING = "staging/device_events.sql";
    private static final String RULES = "rules/devices.yml";

    @TempDir
    Path temp;

    private TinyFolder folder;
    private QueueFingerprint before;

    @BeforeEach
    void make() {
        folder = new TinyFolder(temp.resolve("force"));
        folder.edit(QUEUE, "slices: [device_type]", """
                slices: [device_type]
                standards:
                  - {standard: soon, title: Soon, within_days: 28, when: {device_type: [phone, tablet]}}
                  - {standard: late, title: Late, within_hours: 960}""");
        before = fingerprint();
    }

    private QueueFingerprint fingerprint() {
        return QueueFingerprint.of(folder.read()).get(0);
    }

    @Test
    void writtenOtherwiseIsTheSame() {
        folder.write(QUEUE, """
                # Which devices wait.
                version: 1
                queue: awaiting_examination
                title: Devices that await examination
                description: Devices, from receipt to examination.
                leaves:
                  - served: true
                    as: examined
                    event: examined
                item_unit: devices
                item_kind: device
                provisional_days: 0
                age_bands:
                  - 30
                  - 90
                enters: [received]
                slices: [device_type]
                standards:
                  - {standard: soon, title: Sooner, when: {device_type: [tablet, phone]}, within_days: 28}
                  - {standard: late, within_hours: 960, title: Late}
                """);
        folder.write(STAGING, """
                /* Two events; nothing else -- 'a' */
                select
                    device_id as item_key,
                    'received' as event, -- on receipt
                    received_on as occurred_on,1 as event_order,device_type
                from devices union all
                select device_id, 'examined', examined_on, 2, device_type
                from devices where examined_on is not null and device_type<>'a;b'
                """);
        folder.edit(RULES, "expression: examined_on is null or", "expression: examined_on is   null  or")
                .edit(RULES, "\"examined_on {examined_on} is", "\"it is");
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void whetherItIsPublishedIsNotPartOfIt() {
        folder.edit(QUEUE, "enters: [received]", "in_publications: false\nenters: [received]");
        assertThat(folder.read().queues().get(0).isInPublications()).isFalse();
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void daysOfServiceAreNotPartOfIt() {
        assertThat(folder.read().queues().get(0).service()).isEqualTo(Service.WORKING_DAYS);
        folder.edit(QUEUE, "enters: [received]", "service: every_day\nenters: [received]");
        assertThat(folder.read().queues().get(0).service()).isEqualTo(Service.EVERY_DAY);
        QueueFingerprint after = fingerprint();
        assertThat(after.fields()).isEqualTo(before.fields());
        assertThat(after.queueDigest()).isEqualTo(before.queueDigest());
        assertThat(List.of(before.presentation(), after.presentation()))
                .extracting(fields -> fields.get("service"))
                .containsExactly("working_days", "every_day");
    }

    @Test
    void whatAVerdictIsGivenByIsNotPartOfIt() {
        Queue queue = folder.read().queues().get(0);
        assertThat(queue.primaryMeasure()).isEqualTo(PrimaryMeasure.LATE_SHARE);
        assertThat(queue.betterWhen()).isEqualTo(Better.LOWER);
        assertThat(queue.mattersFrom()).isEqualTo(0.05);

        folder.edit(QUEUE, "enters: [received]", "primary: served\nenters: [received]");
        assertThat(folder.read().queues().get(0).betterWhen()).isEqualTo(Better.HIGHER);
        folder.edit(QUEUE, "enters: [received]", "better: lower\nmatters_from: 0.1\nenters: [received]");
        queue = folder.read().queues().get(0);
        assertThat(queue.primaryMeasure()).isEqualTo(PrimaryMeasure.SERVED);
        assertThat(queue.betterWhen()).isEqualTo(Better.LOWER);
        assertThat(queue.mattersFrom()).isEqualTo(0.1);
        assertThat(fingerprint().queueDigest()).isEqualTo(before.queueDigest());
        assertThat(fingerprint().presentation())
                .isEqualTo(Map.of(
                        "bank_holidays",
                        "none",
                        "service",
                        "working_days",
                        "cross",
                        "none",
                        "primary",
                        "served",
                        "better",
                        "lower",
                        "matters_from",
                        "0.1",
                        "targets",
                        "none"));
    }

    @Test
    void targetOfAStandardChangesNoCount() {
        QueueFingerprint before = fingerprint();
        folder.edit(QUEUE, "within_days: 28", "target: 0.9, within_days: 28");
        QueueFingerprint after = fingerprint();

        assertThat(after.queueDigest()).isEqualTo(before.queueDigest());
        assertThat(before.presentation()).containsEntry("targets", "none");
        assertThat(after.presentation().get("targets")).endsWith(" 0.9");
    }

    @Test
    void closedListOfAFeedBelongsToItsStaging() {
        folder.edit("feeds/devices.yml", "{name: device_type,", "{name: device_type, values: [phone, tablet],");
        QueueFingerprint listed = fingerprint();
        folder.edit("feeds/devices.yml", "values: [phone, tablet],", "values: [tablet, phone, laptop],");

        assertThat(listed.stagingDigest())
                .isNotEqualTo(before.stagingDigest())
                .isNotEqualTo(fingerprint().stagingDigest());
        assertThat(listed.queueDigest()).isEqualTo(before.queueDigest());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "as: examined | as: done | leaves",
                "served: true | served: false | leaves",
                "item_unit: devices | item_unit: phones | item_unit",
                "slices: [device_type] | slices: [] | slices",
                "age_bands: [30, 90] | age_bands: [30, 91] | age_bands",
                "enters: [received] | observed_from: 2015-01-01; enters: [received] | observed_from",
                "enters: [received] | provisional_days: 7; enters: [received] | provisional_days",
                "enters: [received] | earliest_entry: 2000-01-01; enters: [received] | earliest_entry",
                "leaves: | re_enters: [{event: received, reason: back}]; leaves: | re_enters",
                "within_days: 28 | within_days: 29 | standards",
                "[phone, tablet] | [phone] | standards",
            })
    void whatMeansSomethingElseIsAnother(String text, String by, String field) {
        if (text.startsWith("slices")) {
            folder.edit(QUEUE, "when: {device_type: [phone, tablet]}", "when: {}");
            before = fingerprint();
        }
        folder.edit(QUEUE, text, by.replace("; ", "\n"));
        QueueFingerprint after = fingerprint();
        assertThat(after.queueDigest()).isNotEqualTo(before.queueDigest());
        assertThat(after.differences(before.fields())).containsExactly(field);
        assertThat(after.stagingDigest()).isEqualTo(before.stagingDigest());
        assertThat(after.rulesDigest()).isEqualTo(before.rulesDigest());
    }

    @Test
    void orderOfStandardsMeansSomething() {
        folder.edit(QUEUE, "soon, title: Soon, within_days: 28", "x, title: Soon, within_days: 28")
                .edit(QUEUE, "late, title", "soon, title")
                .edit(QUEUE, "x, title", "late, title");
        assertThat(fingerprint().differences(before.fields())).containsExactly("standards");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "staging/device_events.sql | <> 'a;b' | <> 'a; b'",
                "staging/device_events.sql | received_on as occurred_on | coalesce(received_on, examined_on) as "
                        + "occurred_on",
                "staging/device_events.sql | is not null | is null",
            })
    void changedStagingQueryChangesOnlyTheDigestOfTheStaging(String file, String text, String by) {
        folder.edit(file, text, by);
        QueueFingerprint after = fingerprint();
        assertThat(after.queueDigest()).isEqualTo(before.queueDigest());
        assertThat(after.stagingDigest()).isNotEqualTo(before.stagingDigest());
        assertThat(after.rulesDigest()).isEqualTo(before.rulesDigest());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {">= received_on | > received_on", "severity: exclude | severity: warning"})
    void changedRuleChangesOnlyTheDigestOfTheRules(String text, String by) {
        folder.edit(RULES, text, by);
        QueueFingerprint after = fingerprint();
        assertThat(after.queueDigest()).isEqualTo(before.queueDigest());
        assertThat(after.stagingDigest()).isEqualTo(before.stagingDigest());
        assertThat(after.rulesDigest()).isNotEqualTo(before.rulesDigest());
    }

    @Test
    void scopeOfAFeedCountsAsARule() {
        folder.edit(
                "feeds/devices.yml",
                "item: device_id",
                "item: device_id\nscope: {where: device_type <> 'car', fixed: [device_type]}");
        QueueFingerprint after = fingerprint();
        assertThat(after.queueDigest()).isEqualTo(before.queueDigest());
        assertThat(after.stagingDigest()).isEqualTo(before.stagingDigest());
        assertThat(after.rulesDigest()).isNotEqualTo(before.rulesDigest());
    }

    @Test
    void spaceStaysWhereItParts() {
        assertThat(SqlFileCheck.withoutLayout(
                        "select  a , 'x  y' \n\t'z' -- note\nfrom\nb where a>= -1 /* c */ and `q r` = 2"))
                .isEqualTo("select a,'x  y' 'z' from b where a>=-1 and `q r`=2");
    }
}
