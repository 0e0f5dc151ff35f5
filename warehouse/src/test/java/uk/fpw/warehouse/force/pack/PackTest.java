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
import uk.fpw.warehouse.force.fact.Fact;
import uk.fpw.warehouse.force.grading.GradingScheme;
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
                        "digital_forensics 1", "c85f616cec09871271a7b096a932bc06d13fcab144b229d1f1ccc7fb0f19c3ab",
                        "case_grading 1", "1236dfab8e4156185030a1aef0f54bca0db7b6e37f03cd1d0126b679b382382c"));
    }

    @Test
    void packsAreConsistent() {
        for (String label : Pack.known()) {
            Pack pack = Pack.of(label);
            assertThat(pack.label()).isEqualTo(label);
            assertThat(pack.itemKind() == null).isEqualTo(pack.queues().isEmpty());
        }
    }

    @Test
    void forceHasTheQueuesOfItsPack() {
        Force force = ForceFolder.read(folder);
        Pack pack = Pack.of("digital_forensics 1");
        assertThat(force.packs()).containsExactly(pack, Pack.of("case_grading 1"));
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
    void forceHasTheSchemesOfItsPack() {
        Force force = ForceFolder.read(folder);
        Pack pack = Pack.of("case_grading 1");
        assertThat(force.schemes()).extracting(GradingScheme::name).containsExactlyElementsOf(pack.schemes());
        assertThat(force.packOf(force.schemes().get(0))).isEqualTo("case_grading 1");
        assertThat(pack.grades())
                .extracting(Pack.Meaning::name)
                .containsExactlyInAnyOrderElementsOf(force.schemes().stream()
                        .flatMap(scheme -> scheme.versions().stream())
                        .flatMap(version -> version.grades().stream())
                        .collect(Collectors.toSet()));
    }

    /** A figure of other forces is never ours, and each is given with its words and its source. */
    @Test
    void factsOfPacksStandBesideOursWithoutAVerdict() {
        Force force = ForceFolder.read(folder);
        assertThat(force.facts())
                .extracting(Fact::name)
                .containsExactly(
                        "devices_awaiting_2022",
                        "devices_awaiting_2020",
                        "computers_awaiting_2015",
                        "analysis_took_five_months",
                        "own_assessors_2014",
                        "inspectors_same_cases_2014");
        assertThat(force.facts()).allSatisfy(fact -> {
            assertThat(fact.notComparable()).isNotNull();
            assertThat(fact.oursNow()).isNotNull();
            assertThat(fact.byConstruction()).isFalse();
            assertThat(fact.source()).contains(": http");
        });
        assertThat(force.packOf(force.facts().get(0))).isEqualTo("digital_forensics 1");
        assertThat(force.packOf(force.facts().get(5))).isEqualTo("case_grading 1");
    }

    @Test
    void factOfTheSameNameIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("facts"));
        Files.copy(
                Path.of("../sql/src/main/resources/fpw/pack/case_grading/1/facts/own_assessors_2014.yml"),
                folder.resolve("facts/own_assessors_2014.yml"));
        edit("facts/own_assessors_2014.yml", "not_comparable: it was", "query: \"select 1 as value\"\n# it was");
        assertThat(errors())
                .containsExactly(
                        "facts/own_assessors_2014.yml:1: fact: 'own_assessors_2014' is a fact of the pack "
                                + "case_grading 1; remove the file, or give the fact and its file another name",
                        "facts/own_assessors_2014.yml:14: ours_now: cannot be combined with a query, whose figure is "
                                + "shown; remove one of them");
    }

    @Test
    void packOfGradesAloneNeedsAGradingQueryAndNoQueue() throws IOException {
        edit("force.yml", "[digital_forensics 1, case_grading 1]", "[case_grading 1]");
        assertThat(ForceFolder.read(folder).queues()).isEmpty();
        Files.delete(folder.resolve("gradings/case_handling.yml"));
        Files.delete(folder.resolve("gradings/case_handling.sql"));
        assertThat(errors())
                .hasSize(2)
                .contains("queues/: has no .yml file; add at least one, as described in docs/force-folder.md")
                .anySatisfy(error -> assertThat(error)
                        .startsWith("force.yml:4: packs[0]: there is no grading query, which the pack case_grading 1 "
                                + "needs for its scheme case_handling; add gradings/NAME.yml and NAME.sql that return "
                                + "scheme (case_handling), scheme_version (the list by which it was graded: 1 if "
                                + "adequate was a grade, 2 if it was not), "));
    }

    @Test
    void schemeOfTheSameNameIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("schemes"));
        Files.writeString(folder.resolve("schemes/case_handling.yml"), """
                scheme: case_handling
                title: Ours
                description: Ours.
                versions:
                  - {version: 1, valid_from: 2013-01-01, grades: [good, bad]}
                """);
        assertThat(errors())
                .containsExactly("schemes/case_handling.yml:1: scheme: 'case_handling' is a scheme of the pack "
                        + "case_grading 1; remove the file, or give the scheme and its file another name");
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
        assertThat(comparison.packs()).containsExactly("packs: case_grading 1, digital_forensics 1 in both");
        assertThat(comparison.comparedSchemes())
                .containsExactly(new DefinitionComparison.ComparedScheme("case_handling", List.of()));
        assertThat(comparison.compared())
                .hasSize(4)
                .allMatch(queue ->
                        queue.counts().isEmpty() && queue.presentation().isEmpty());
    }

    @Test
    void unknownPacksAndVersionsAreRefused() throws IOException {
        edit("force.yml", "[digital_forensics 1, case_grading 1]", "[digital_forensics 9]");
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
                        + "of force.yml are case_grading, digital_forensics");
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
                                List.of(),
                                List.of())))
                .hasSize(5)
                .allMatch(line -> line.startsWith("spells, missing: {queue: devices_"))
                .first()
                .asString()
                .endsWith("(packs/digital_forensics/1/examples/leaves_unexamined.yml:7)");
    }

    @Test
    void onlySchemesOfThePackAreCompared() {
        Example example = Examples.read(ForceFolder.read(folder)).stream()
                .filter(one -> one.name().equals("not_a_grade"))
                .findFirst()
                .orElseThrow();
        assertThat(ExampleComparison.differences(
                        example,
                        new ExampleResult(
                                "not_a_grade",
                                List.of(),
                                List.of(Map.of("queue", "our_own", "item_key", "E1")),
                                List.of(
                                        Map.of("scheme", "our_own", "case_key", "E1", "grade", "good"),
                                        Map.of(
                                                "scheme",
                                                "case_handling",
                                                "case_key",
                                                "E2",
                                                "grade",
                                                "requires_improvement")),
                                List.of())))
                .containsExactly(
                        "gradings, missing: {scheme: case_handling, case_key: E1, scheme_version: 2, grade: "
                                + "requires_improvement, grade_rank: 2, theme: investigation, assessor: force, "
                                + "population: child_protection, selection: random, judged_on: 2026-03-03} "
                                + "(packs/case_grading/1/examples/not_a_grade.yml:7)",
                        "gradings, unexpected: {scheme: case_handling, case_key: E2, grade: requires_improvement}");
    }

    @Test
    void folderWithoutQueuesAndPacksIsRefused() throws IOException {
        edit("force.yml", "packs: [digital_forensics 1, case_grading 1]\n", "");
        Files.delete(folder.resolve("gradings/case_handling.yml"));
        Files.delete(folder.resolve("gradings/case_handling.sql"));
        assertThat(errors())
                .containsExactly("queues/: has no .yml file; add at least one, as described in docs/force-folder.md");
        assertThatThrownBy(() -> Pack.of("digital_forensics 9")).hasMessage("no pack 'digital_forensics 9'");
    }
}
