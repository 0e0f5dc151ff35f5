package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.metrics.example.ExampleRun;
import uk.fpw.metrics.staging.ForceSqlAnalysis;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.example.Example;
import uk.fpw.warehouse.force.example.ExampleComparison;
import uk.fpw.warehouse.force.example.Examples;
import uk.fpw.warehouse.force.yaml.ForceFolderException;

/** Runs the examples of the force folders of this repository through the real staging queries, rules and models. */
class ForceExamplesIT {

    /** A small force that has a definition pack and shows with rows of its own that it counts as the pack. */
    private static final String PACK_FORCE = "../../warehouse/src/test/resources/pack-force";

    @TempDir
    Path folder;

    @Test
    void examplesOfANewFolderComeOutAsExpected() {
        assertAsExpected("../nightly/src/main/resources/fpw/init");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../examples/fenmarch", "../../examples/boston-311", PACK_FORCE})
    @Tag("thorough")
    void examplesComeOutAsExpected(String folderName) {
        assertAsExpected(folderName);
    }

    private static void assertAsExpected(String folderName) {
        Force force = ForceFolder.read(Path.of(folderName));
        List<Example> examples = Examples.read(force);
        assertThat(examples).isNotEmpty();
        SparkSession spark = session();
        List<String> differences = new ArrayList<>();
        for (Example example : examples) {
            ExampleComparison.differences(example, ExampleRun.of(spark, force, example))
                    .forEach(line -> differences.add(example.name() + ": " + line));
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void changedRuleAndQueryShowAsDifferences() throws IOException {
        Force force = copyOfInit("examined_on, 2", "examined_on + interval 1 day, 2");
        assertThat(ExampleComparison.differences(
                        Examples.read(force).get(0),
                        ExampleRun.of(session(), force, Examples.read(force).get(0))))
                .containsExactly(
                        "events, different: {item_key: E1, event: examined} (examples/how_they_leave.yml:13)",
                        "  occurred_on: expected 2026-11-17, found 2026-11-18",
                        "spells, different: {queue: awaiting_examination, item_key: E1} "
                                + "(examples/how_they_leave.yml:18)",
                        "  left_on: expected 2026-11-17, found 2026-11-18");
    }

    /** A pack is part of the software: nobody who uses it could correct its SQL. */
    @Test
    @Tag("thorough")
    void queriesOfPacksAreValid() {
        assertThat(new ForceSqlAnalysis(session(), ForceFolder.read(Path.of(PACK_FORCE))).errors())
                .isEmpty();
    }

    /** The unit's start of imaging is no start of an examination: every event is there, but on the wrong day. */
    @Test
    @Tag("thorough")
    void wrongMappingToAPackShowsInItsExamples() throws IOException {
        Force force = copyOf(PACK_FORCE, "'examination_started', started", "'examination_started', booked_in");
        Example example = example(force, "further_work");
        assertThat(ExampleComparison.differences(example, ExampleRun.of(session(), force, example)))
                .containsExactly(
                        "spells, different: {queue: devices_awaiting_examination, item_key: E1} "
                                + "(packs/digital_forensics/1/examples/further_work.yml:8)",
                        "  left_on: expected 2026-03-09, found 2026-03-02",
                        "spells, different: {queue: devices_in_examination, item_key: E1} "
                                + "(packs/digital_forensics/1/examples/further_work.yml:9)",
                        "  entered_on: expected 2026-03-09, found 2026-03-02");
    }

    /** Everything is graded, but what inspectors picked passes for a draw. */
    @Test
    @Tag("thorough")
    void wrongMappingOfJudgementsShowsInTheExamplesOfAPack() throws IOException {
        copyOf(PACK_FORCE, "", "");
        replace("gradings/case_handling.sql", "'PICKED' then 'purposive'", "'PICKED' then 'random'");
        Force force = ForceFolder.read(folder);
        Example example = example(force, "picked_cases");
        assertThat(ExampleComparison.differences(example, ExampleRun.of(session(), force, example)))
                .containsExactly(
                        "gradings, different: {scheme: case_handling, case_key: E1} "
                                + "(packs/case_grading/1/examples/picked_cases.yml:7)",
                        "  selection: expected purposive, found random",
                        "gradings, different: {scheme: case_handling, case_key: E2} "
                                + "(packs/case_grading/1/examples/picked_cases.yml:8)",
                        "  selection: expected purposive, found random");
    }

    private static Example example(Force force, String name) {
        return Examples.read(force).stream()
                .filter(example -> example.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void rowsWithoutAKeyOfTheirOwnAreCalledByTheirPlace() throws IOException {
        copyOfInit("exhibit", "row_key");
        replace("feeds/devices.yml", "key: [exhibit]", "key: row");
        replace("feeds/devices.yml", "item: exhibit", "item: row");
        replace("examples/how_they_leave.yml", "item_key: E", "item_key: row ");
        Force force = ForceFolder.read(folder);
        Example example = Examples.read(force).get(0);
        assertThat(ExampleComparison.differences(example, ExampleRun.of(session(), force, example)))
                .isEmpty();
    }

    @Test
    void eventThatIsNotDeclaredIsAnErrorOfTheFolder() throws IOException {
        Force force = copyOfInit("'withdrawn', withdrawn_on", "'returned', withdrawn_on");
        assertThatThrownBy(() ->
                        ExampleRun.of(session(), force, Examples.read(force).get(0)))
                .isInstanceOfSatisfying(ForceFolderException.class, wrong -> assertThat(wrong.errors())
                        .singleElement()
                        .asString()
                        .startsWith("staging/device_events.yml: events: the query returns the event "
                                + "'returned', which is not declared, in 1 row; "));
    }

    /** A session of its own, because an example tunes it for few rows and registers views. */
    private static SparkSession session() {
        return TestSpark.session().newSession();
    }

    /** The folder that {@code fpw init} writes, with another staging query. */
    private Force copyOfInit(String text, String other) throws IOException {
        return copyOf("../nightly/src/main/resources/fpw/init", text, other);
    }

    private Force copyOf(String original, String text, String other) throws IOException {
        Path init = Path.of(original);
        try (var files = Files.walk(init)) {
            for (Path file : files.toList()) {
                Path target = folder.resolve(init.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        replace("staging/device_events.sql", text, other);
        return ForceFolder.read(folder);
    }

    private void replace(String file, String text, String other) throws IOException {
        Path path = folder.resolve(file);
        Files.writeString(path, Files.readString(path).replace(text, other));
    }
}
