package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.queue.Milestones;
import uk.fpw.warehouse.force.queue.Queue;

/** Stages and standards of queues, and milestones of cases: reading, and errors. */
class ForceFolderQueueTest extends ConfigErrorTesting {

    private static final String STAGE = "queues/awaiting_acceptance.yml";

    private static final String MILESTONES = "milestones/laboratory.yml";

    private static final String PAIR = "write a pair such as [device_type, priority]";

    @TempDir
    private Path temp;

    private static TinyFolder withStage(TinyFolder folder) {
        return folder.write(STAGE, """
                queue: awaiting_acceptance
                version: 1
                title: Devices awaiting acceptance
                description: The whole way in one stage.
                item_kind: device
                item_unit: devices
                enters: [received]
                leaves:
                  - {event: examined, as: accepted, served: true}
                parent: awaiting_examination
                """);
    }

    private static TinyFolder withMilestones(TinyFolder folder) {
        return folder.write(MILESTONES, """
                milestones: laboratory
                version: 2
                title: Devices in the laboratory
                description: Devices from receipt.
                item_kind: device
                opens: [received]
                closes: [examined]
                steps:
                  - {step: examination, title: Examined, done: [examined]}
                """);
    }

    private DynamicTest standards(String name, String standards, String... messages) {
        return edit(name, QUEUE, "age_bands: [30, 90]", "standards:\n  - " + standards, messages);
    }

    private DynamicTest stage(String name, String text, String by, String... messages) {
        return test(name, folder -> withStage(folder).edit(STAGE, text, by), messages);
    }

    private static TinyFolder withSilence(TinyFolder folder) {
        return folder.edit(MILESTONES, "done: [examined]}", """
                done: [examined]}
                silence:
                  activity:
                    - {item_kind: device, events: [received, examined]}
                  bulk_update_min_cases: 5
                  bulk_update_min_percent: 50
                """);
    }

    private DynamicTest silence(String name, String text, String by, String... messages) {
        return test(name, folder -> withSilence(withMilestones(folder)).edit(MILESTONES, text, by), messages);
    }

    private DynamicTest milestones(String name, String text, String by, String... messages) {
        return test(name, folder -> withMilestones(folder).edit(MILESTONES, text, by), messages);
    }

    @Test
    void standardsStagesAndMilestonesAreRead() {
        TinyFolder folder = withMilestones(withStage(new TinyFolder(temp.resolve("tiny"))));
        folder.edit(QUEUE, "age_bands: [30, 90]", """
                standards:
                  - {standard: fast, title: Fast, within_hours: 24, when: {device_type: [phone, tablet]}}
                  - {standard: slow, title: Slow, within_days: 28, target: 0.95}
                """);
        folder.edit(
                MILESTONES,
                "done: [examined]}",
                "done: [examined]}\n  - {step: receipt, title: Received, done: [received], not_applicable: "
                        + "[examined]}");

        Force force = folder.read();

        assertThat(force.queues().get(0).parent()).isEqualTo("awaiting_examination");
        assertThat(force.queues().get(0).standards()).isEmpty();
        assertThat(force.queues().get(1).parent()).isNull();
        assertThat(force.queues().get(1).standards())
                .containsExactly(
                        new Queue.Standard("fast", "Fast", 24, null, Map.of("device_type", List.of("phone", "tablet"))),
                        new Queue.Standard("slow", "Slow", null, 28, 0.95, Map.of()));
        assertThat(force.milestones())
                .containsExactly(new Milestones(
                        "laboratory",
                        2,
                        "Devices in the laboratory",
                        "Devices from receipt.",
                        "device",
                        List.of("received"),
                        List.of("examined"),
                        List.of(
                                new Milestones.Step("examination", "Examined", List.of("examined"), List.of()),
                                new Milestones.Step("receipt", "Received", List.of("received"), List.of("examined"))),
                        List.of(),
                        new Milestones.Silence(List.of(), 20, 20)));
    }

    @Test
    void activityOfCasesAndOfTheItemsThatBelongToThemIsRead() {
        Force force = withSilence(withMilestones(withStage(new TinyFolder(temp.resolve("tiny")))))
                .read();

        Milestones milestones = force.milestones().get(0);
        assertThat(milestones.silence())
                .isEqualTo(new Milestones.Silence(
                        List.of(new Milestones.Activity("device", List.of("received", "examined"))), 5, 50));
        assertThat(force.feedsBehindSilence(milestones)).isEqualTo(force.feedsBehind(milestones));
        assertThat(force.queuesOf(milestones)).isEqualTo(force.queues());
        assertThat(force.queues().stream().map(force::isUndivided)).containsExactly(true, false);
    }

    @TestFactory
    Stream<DynamicTest> standards() {
        return Stream.of(
                standards(
                        "hours and days",
                        "{standard: fast, title: Fast, within_hours: 24, within_days: 1}",
                        "queues/awaiting_examination.yml:12: standards[0].within_days: cannot be "
                                + "combined with within_hours; keep one of them; add a second standard if you need "
                                + "both"),
                standards(
                        "neither hours nor days",
                        "{standard: fast, title: Fast}",
                        "queues/awaiting_examination.yml:12: standards[0].within_hours: is missing, "
                                + "as is within_days; set the maximum number of hours or days"),
                standards(
                        "invalid slice",
                        "{standard: fast, title: Fast, within_days: 1, when: {device_kind: [phone]}}",
                        "queues/awaiting_examination.yml:12: standards[0].when.device_kind: 'device_kind' is not "
                                + "among the slices of the queue; the slices are device_type"),
                standards(
                        "value that is no list",
                        "{standard: fast, title: Fast, within_days: 1, when: {device_type: phone}}",
                        "queues/awaiting_examination.yml:12: standards[0].when.device_type: is a text, but must be "
                                + "a list; put it in brackets: [phone]"),
                standards(
                        "name twice",
                        "{standard: fast, title: Fast, within_days: 1}\n  - {standard: fast, title: Faster, "
                                + "within_hours: 1}",
                        "queues/awaiting_examination.yml:13: standards[1].standard: 'fast' already exists as "
                                + "standards[0].standard in line 12; each may occur only once"));
    }

    @TestFactory
    Stream<DynamicTest> crosses() {
        String line = "queues/awaiting_examination.yml:11: ";
        return Stream.of(
                cross(
                        "slice that is none of the queue's",
                        "[[device_type, prioriti]]",
                        line
                                + "cross[0][1]: 'prioriti' is not among the slices of the queue; did you mean "
                                + "'priority'?"),
                cross("one slice", "[[priority]]", line + "cross[0]: has 1 instead of two slices; " + PAIR),
                cross(
                        "three slices",
                        "[[device_type, priority, site]]",
                        line + "cross[0]: has 3 instead of two slices; " + PAIR),
                cross(
                        "slice with itself",
                        "[[device_type, site], [priority, priority]]",
                        line + "cross[1]: names 'priority' twice; write two different slices"),
                cross(
                        "pair twice",
                        "[[device_type, priority], [priority, device_type]]",
                        line + "cross[1]: is the same pair as cross[0]; remove one of them"),
                cross(
                        "too many",
                        "[[device_type, priority], [device_type, site], [priority, site], [site, device_type]]",
                        line + "cross: holds 4 entries, more than 3; remove some",
                        line + "cross[3]: is the same pair as cross[1]; remove one of them"),
                cross(
                        "no pair",
                        "[device_type, priority]",
                        line + "cross[0]: is a text, but must be a list; put it in brackets: [device_type]",
                        line + "cross[1]: is a text, but must be a list; put it in brackets: [priority]"));
    }

    private DynamicTest cross(String name, String pairs, String... messages) {
        return test(
                name,
                folder -> withPriority(folder)
                        .edit(QUEUE, "age_bands: [30, 90]", "cross: " + pairs + "\nage_bands: [30, 90]"),
                messages);
    }

    private static TinyFolder withPriority(TinyFolder folder) {
        return folder.edit(QUEUE, "slices: [device_type]", "slices: [device_type, priority, site]")
                .edit("staging/device_events.yml", "[device_type]", "[device_type, priority, site]");
    }

    @Test
    void crossesAreFurtherSlices() {
        TinyFolder folder = withPriority(new TinyFolder(temp.resolve("tiny")));
        folder.edit(QUEUE, "age_bands: [30, 90]", "cross: [[device_type, priority], [site, priority]]");

        Queue queue = folder.read().queues().get(0);

        assertThat(queue.slices()).containsExactly("device_type", "priority", "site");
        assertThat(queue.allSlices())
                .containsExactly("device_type", "priority", "site", "device_type x priority", "site x priority");
        assertThat(queue.presentation()).containsEntry("cross", "device_type x priority, site x priority");
    }

    @TestFactory
    Stream<DynamicTest> stages() {
        return Stream.of(
                stage(
                        "parent that does not exist",
                        "parent: awaiting_examination",
                        "parent: awaiting_examinaton",
                        "queues/awaiting_acceptance.yml:10: parent: there is no queue 'awaiting_examinaton'; did "
                                + "you mean 'awaiting_examination'?"),
                stage(
                        "parent of itself",
                        "parent: awaiting_examination",
                        "parent: awaiting_acceptance",
                        "queues/awaiting_acceptance.yml:10: parent: 'awaiting_acceptance' is this queue itself; "
                                + "use another queue, or remove the line"),
                stage(
                        "variant of what does not exist",
                        "parent: awaiting_examination",
                        "variant_of: awaiting_examinaton",
                        "queues/awaiting_acceptance.yml:10: variant_of: there is no queue 'awaiting_examinaton'; "
                                + "did you mean 'awaiting_examination'?"),
                stage(
                        "variant and stage",
                        "parent: awaiting_examination",
                        "parent: awaiting_examination\nvariant_of: awaiting_examination",
                        "queues/awaiting_acceptance.yml:11: variant_of: the queue "
                                + "is also a stage (queues/awaiting_acceptance.yml:10); a queue is either a "
                                + "stage or a variant: remove one of the lines"),
                test(
                        "variants of each other",
                        folder -> withStage(folder)
                                .edit("queues/awaiting_acceptance.yml", "parent:", "variant_of:")
                                .edit(QUEUE, "age_bands: [30, 90]", "variant_of: awaiting_acceptance"),
                        "queues/awaiting_acceptance.yml:10: variant_of: 'awaiting_examination' is itself a variant "
                                + "(queues/awaiting_examination.yml:11); use the queue that is not a variant",
                        "queues/awaiting_examination.yml:11: variant_of: 'awaiting_acceptance' is itself a variant "
                                + "(queues/awaiting_acceptance.yml:10); use the queue that is not a variant"),
                test(
                        "variant of another kind",
                        folder -> withStage(folder)
                                .edit("queues/awaiting_acceptance.yml", "parent:", "variant_of:")
                                .edit("queues/awaiting_acceptance.yml", "item_kind: device", "item_kind: case"),
                        "queues/awaiting_acceptance.yml:5: item_kind: no staging query "
                                + "returns items of kind 'case'; the kinds are device",
                        "queues/awaiting_acceptance.yml:5: item_kind: is 'case', but 'device' in "
                                + "queues/awaiting_examination.yml:5, of which it is a variant; make "
                                + "both the same, or remove variant_of"),
                stage(
                        "other items",
                        "item_unit: devices",
                        "item_unit: computers",
                        "queues/awaiting_acceptance.yml:6: item_unit: is 'computers', but 'devices' in its parent "
                                + "(queues/awaiting_examination.yml:6); make both the same, otherwise "
                                + "the stages do not add up"),
                stage(
                        "observed from another day",
                        "parent:",
                        "observed_from: 2015-01-01\nparent:",
                        "queues/awaiting_acceptance.yml:10: observed_from: is '2015-01-01', but absent in its "
                                + "parent (queues/awaiting_examination.yml); make both the same, "
                                + "otherwise the stages do not add up"),
                test(
                        "stages of each other",
                        folder -> withStage(folder).edit(QUEUE, "age_bands: [30, 90]", "parent: awaiting_acceptance"),
                        "queues/awaiting_acceptance.yml:10: parent: 'awaiting_examination' is itself a stage "
                                + "(queues/awaiting_examination.yml:11); a stage cannot have "
                                + "stages: use the top-level queue, or remove one of them",
                        "queues/awaiting_examination.yml:11: parent: 'awaiting_acceptance' is itself a stage "
                                + "(queues/awaiting_acceptance.yml:10); a stage cannot have "
                                + "stages: use the top-level queue, or remove one of them"));
    }

    @TestFactory
    Stream<DynamicTest> milestones() {
        return Stream.of(
                milestones(
                        "name that is not the file's",
                        "milestones: laboratory",
                        "milestones: lab",
                        "milestones/laboratory.yml:1: milestones: is 'lab', but the file is named 'laboratory'; "
                                + "rename the file to lab.yml or change the name in it"),
                milestones(
                        "items that no query yields",
                        "item_kind: device",
                        "item_kind: devices",
                        "milestones/laboratory.yml:5: item_kind: no staging query returns items of kind 'devices'; "
                                + "did you mean 'device'?"),
                milestones(
                        "event that no query yields",
                        "done: [examined]",
                        "done: [examind]",
                        "milestones/laboratory.yml:9: steps[0].done[0]: no staging query of item kind 'device' "
                                + "declares the event 'examind'; did you mean 'examined'?"),
                milestones(
                        "event that opens and closes",
                        "closes: [examined]",
                        "closes: [examined, received]",
                        "milestones/laboratory.yml:7: closes[1]: 'received' both opens a case (opens[0]) and "
                                + "closes it; one event can only do one of these; make the "
                                + "staging query return two events"),
                milestones(
                        "event that is done and not needed",
                        "done: [examined]",
                        "done: [examined], not_applicable: [examined]",
                        "milestones/laboratory.yml:9: steps[0].not_applicable[0]: 'examined' both records the step "
                                + "(steps[0].done[0]) and is already marked as not needed; one event can "
                                + "only do one of these; make the staging query return two events"),
                milestones(
                        "step twice",
                        "done: [examined]}",
                        "done: [examined]}\n  - {step: examination, title: Again, done: [examined]}",
                        "milestones/laboratory.yml:10: steps[1].step: 'examination' already exists as "
                                + "steps[0].step in line 9; each may occur only once"));
    }

    @TestFactory
    Stream<DynamicTest> silence() {
        return Stream.of(
                silence(
                        "activity of items that are not the cases'",
                        "item_kind: device, events",
                        "item_kind: person, events",
                        "milestones/laboratory.yml:12: silence.activity[0].item_kind: 'person' is neither the "
                                + "item_kind of the cases nor among linked_item_kinds; add it to "
                                + "linked_item_kinds, or use device"),
                silence(
                        "activity that no query yields",
                        "events: [received, examined]",
                        "events: [received, examind]",
                        "milestones/laboratory.yml:12: silence.activity[0].events[1]: no staging query of item kind "
                                + "'device' declares the event 'examind'; did you mean 'examined'?"),
                silence(
                        "items twice",
                        "events: [received, examined]}",
                        "events: [received]}\n    - {item_kind: device, events: [examined]}",
                        "milestones/laboratory.yml:13: silence.activity[1].item_kind: 'device' already exists as "
                                + "silence.activity[0].item_kind in line 12; each may occur only once"),
                silence(
                        "items that no query yields",
                        "silence:",
                        "linked_item_kinds: [person]\nsilence:",
                        "milestones/laboratory.yml:10: linked_item_kinds[0]: no staging query returns items of kind "
                                + "'person'; the kinds are device"),
                silence(
                        "cases that belong to themselves",
                        "silence:",
                        "linked_item_kinds: [device]\nsilence:",
                        "milestones/laboratory.yml:10: linked_item_kinds[0]: 'device' is the item_kind of the cases "
                                + "themselves; remove it; name only kinds of item that belong to a case"));
    }
}
