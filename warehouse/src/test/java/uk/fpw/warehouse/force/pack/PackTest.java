package uk.fpw.warehouse.force.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.DefinitionComparison;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.example.Example;
import uk.fpw.warehouse.force.example.ExampleComparison;
import uk.fpw.warehouse.force.example.ExampleResult;
import uk.fpw.warehouse.force.example.Examples;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.force.yaml.ForceFolderException;

class PackTest {

    private static final Path FORCE = Path.of("src/test/resources/pack-force");

    @TempDir
    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        try (Stream<Path> files = Files.walk(FORCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = folder.resolve(FORCE.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private void edit(String file, String text, String by) throws IOException {
        String content = Files.readString(folder.resolve(file));
        assertThat(content).contains(text);
        Files.writeString(folder.resolve(file), content.replace(text, by));
    }

    private static List<String> errors(Runnable reading) {
        try {
            reading.run();
        } catch (ForceFolderException invalid) {
            return invalid.errors().stream().map(ConfigError::toString).toList();
        }
        return List.of();
    }

    private List<String> errors() {
        return errors(() -> ForceFolder.read(folder));
    }

    /** A version that a force may have published with means the same for ever: an edit needs a new version. */
    @Test
    void publishedVersionsAreNeverEdited() {
        assertThat(Pack.known().stream().collect(Collectors.toMap(label -> label, label -> Pack.of(label)
                        .digest())))
                .isEqualTo(Map.of(
                        "digital_forensics 1", "a3041fba0cde0b26fbc662a891e0cabda090c0f6bde5a37a2cccb204bd499b42"));
    }

    @Test
    void packsAreConsistent() {
        for (String label : Pack.known()) {
            Pack pack = Pack.of(label);
            assertThat(pack.label()).isEqualTo(label);
            assertThat(pack.published())
                    .allSatisfy(figure -> assertThat(pack.queues()).contains(figure.queue()));
        }
    }

    @Test
    void forceHasTheQueuesOfItsPack() {
        Force force = ForceFolder.read(folder);
        Pack pack = Pack.of("digital_forensics 1");
        assertThat(force.packs()).containsExactly(pack);
        assertThat(force.queues()).extracting(Queue::name).containsExactlyElementsOf(pack.queues());
        assertThat(force.queues()).allSatisfy(queue -> {
            assertThat(queue.version()).isEqualTo(pack.version());
            assertThat(force.packOf(queue)).isEqualTo("digital_forensics 1");
        });
        assertThat(pack.events())
                .extracting(Pack.Meaning::name)
                .containsExactlyInAnyOrderElementsOf(force.queues().stream()
                        .flatMap(queue -> queue.events().stream())
                        .collect(Collectors.toSet()));
        assertThat(pack.attributes())
                .extracting(Pack.Meaning::name)
                .containsExactlyInAnyOrderElementsOf(force.queues().stream()
                        .flatMap(queue -> queue.slices().stream())
                        .collect(Collectors.toSet()));
    }

    @Test
    void beginningOfTheSourcesIsThatOfTheForce() throws IOException {
        edit("force.yml", "storage:", "packs_observed_from: 2024-04-01\nstorage:");
        assertThat(ForceFolder.read(folder).queues())
                .extracting(Queue::observedFrom)
                .containsOnly(LocalDate.of(2024, 4, 1));
        edit("force.yml", "2024-04-01", "2024-02-30");
        assertThat(errors())
                .containsExactly("force.yml:5: packs_observed_from: there is no date '2024-02-30'; write an existing "
                        + "date, such as 2015-01-31");
    }

    @Test
    void twoForcesWithOnePackAreCountedTheSame() {
        DefinitionComparison comparison =
                new DefinitionComparison(ForceFolder.read(FORCE), "one", ForceFolder.read(folder), "other");
        assertThat(comparison.packs()).containsExactly("packs: digital_forensics 1 in both");
        assertThat(comparison.compared())
                .hasSize(4)
                .allMatch(queue ->
                        queue.counts().isEmpty() && queue.presentation().isEmpty());
    }

    @Test
    void unknownPacksAndVersionsAreRefused() throws IOException {
        edit("force.yml", "digital_forensics 1", "digital_forensics 9");
        assertThat(errors())
                .containsExactly("force.yml:4: packs[0]: there is no pack 'digital_forensics 9' in this version of the "
                        + "software; did you mean 'digital_forensics 1'?");
    }

    @Test
    void queueOfTheSameNameIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("queues"));
        Files.writeString(folder.resolve("queues/devices_in_examination.yml"), """
                queue: devices_in_examination
                version: 1
                title: Ours
                description: Ours.
                item_kind: device
                item_unit: devices
                enters: [examination_started]
                leaves:
                  - {event: examined, as: examined, served: true}
                """);
        assertThat(errors())
                .containsExactly("queues/devices_in_examination.yml:1: queue: 'devices_in_examination' is a queue of "
                        + "the pack digital_forensics 1; remove the file, or give the queue and its file another "
                        + "name; 'variant_of: devices_in_examination' says that it counts the same items in "
                        + "another way");
    }

    @Test
    void whatNoStagingQueryGivesIsNamedWithItsMeaning() throws IOException {
        edit("staging/device_events.yml", "  - result_given\n", "");
        edit("staging/device_events.yml", "[device_type]\n", "[kind]\n");
        edit("staging/device_events.yml", "attribute: device_type", "attribute: kind");
        assertThat(errors())
                .containsExactly(
                        "force.yml:4: packs[0]: no staging query of item kind 'device' gives the event 'result_given' "
                                + "of the pack digital_forensics 1 (The investigator has the result.); return it in a "
                                + "staging query and add it to its events; if no system records it, the pack does "
                                + "not fit this force yet",
                        "force.yml:4: packs[0]: no staging query of item kind 'device' gives the attribute "
                                + "'device_type' of the pack digital_forensics 1 (computer, phone, tablet or storage; "
                                + "anything else is null.); return it in a staging query and add it to its "
                                + "attributes; if no system records it, the pack does not fit this force yet");
    }

    @Test
    void examplesOfThePackNeedRowsOfTheForce() throws IOException {
        Files.delete(folder.resolve("examples/further_work.yml"));
        Force force = ForceFolder.read(folder);
        assertThat(errors(() -> Examples.read(force)))
                .containsExactly("examples/further_work.yml: is missing: the pack digital_forensics 1 asks for the "
                        + "rows by which this force records: A computer E1 is received on 2 March 2026, examined from "
                        + "9 to 20 March, its result given on 23 March. On 7 April further work is asked for, which "
                        + "has not started.; write them with 'example: further_work', 'conforms_to: "
                        + "digital_forensics' and 'rows'");
    }

    @Test
    void examplesThatConformToNothingAreRefused() throws IOException {
        edit("examples/examined.yml", "conforms_to: digital_forensics", "conforms_to: forensics");
        Force force = ForceFolder.read(folder);
        assertThat(errors(() -> Examples.read(force)))
                .containsExactly("examples/examined.yml:2: conforms_to: force.yml names no pack 'forensics'; the packs "
                        + "of force.yml are digital_forensics");
    }

    @Test
    void onlyQueuesOfThePackAreCompared() {
        Example example = Examples.read(ForceFolder.read(folder)).stream()
                .filter(one -> one.name().equals("leaves_unexamined"))
                .findFirst()
                .orElseThrow();
        assertThat(example.rows().get("submissions")).hasSize(2);
        assertThat(ExampleComparison.differences(
                        example,
                        new ExampleResult(
                                "leaves_unexamined",
                                List.of(),
                                List.of(Map.of("queue", "our_own", "item_key", "E1", "entered_on", "2026-03-02")),
                                List.of())))
                .hasSize(5)
                .allMatch(line -> line.startsWith("spells, missing: {queue: devices_"))
                .first()
                .asString()
                .endsWith("(packs/digital_forensics/1/examples/leaves_unexamined.yml:7)");
    }

    @Test
    void folderWithoutQueuesAndPacksIsRefused() throws IOException {
        edit("force.yml", "packs: [digital_forensics 1]\n", "");
        assertThat(errors())
                .containsExactly("queues/: has no .yml file; add at least one, as described in docs/force-folder.md");
        assertThatThrownBy(() -> Pack.of("digital_forensics 9")).hasMessage("no pack 'digital_forensics 9'");
    }
}
