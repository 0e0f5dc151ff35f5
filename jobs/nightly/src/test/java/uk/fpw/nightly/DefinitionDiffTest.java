package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code fpw diff --definitions}: two folders, no warehouse. */
class DefinitionDiffTest extends FpwTesting {

    private static final String NOTE = """
            Note: events and attributes of one name count as the same; the staging queries that make them from the \
            rows of each force are not compared
            """;

    @BeforeEach
    void makeTwoForces() {
        run(Map.of(), "init", "east");
        run(Map.of(), "init", "west");
        out.reset();
    }

    private int diff(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "diff";
        arguments[1] = "--definitions";
        System.arraycopy(options, 0, arguments, 2, options.length);
        return run(Map.of(), arguments);
    }

    @Test
    void newFoldersAreCountedTheSame() {
        assertThat(diff("east", "west")).isZero();
        assertThat(text(out)).isEqualToNormalizingNewlines("""
                Definitions of queues: east against west; no data was read
                awaiting_examination: counted the same
                1 queue: 1 counted the same, 0 counted differently, 0 only in east, 0 only in west
                """ + NOTE);
    }

    @Test
    void differencesAreInWords() throws IOException {
        Path file = folder.resolve("west/queues/awaiting_examination.yml");
        Files.writeString(
                file,
                Files.readString(file).replace("as: withdrawn, served: false", "as: withdrawn, served: true")
                        + "service: every_day\n");
        Files.writeString(folder.resolve("east/queues/received.yml"), """
                queue: received
                version: 1
                title: Devices received
                description: From receipt to withdrawal.
                item_kind: device
                item_unit: devices
                enters: [received]
                leaves:
                  - {event: withdrawn, as: withdrawn, served: false}
                """);
        assertThat(diff("east", "west")).isZero();
        assertThat(text(out)).isEqualToNormalizingNewlines("""
                Definitions of queues: east against west; no data was read
                awaiting_examination: counted differently
                  leaves by: only in east withdrawn (withdrawn, not served); only in west withdrawn (withdrawn, served)
                  changes no count: service: working_days in east, every_day in west
                received: only in east (Devices received)
                2 queues: 0 counted the same, 1 counted differently, 1 only in east, 0 only in west
                """ + NOTE);
        out.reset();
        assertThat(diff("east", "west", "--format", "json")).isZero();
        assertThat(CommandOutput.of("diff", text(out)).get("queues").toString())
                .isEqualTo("[{\"queue\":\"awaiting_examination\",\"status\":\"different\",\"counts\":[\"leaves by: "
                        + "only in east withdrawn (withdrawn, not served); only in west withdrawn (withdrawn, served)"
                        + "\"],\"presentation\":[\"service: working_days in east, every_day in west\"]},{\"queue\":"
                        + "\"received\",\"status\":\"only_in_first\",\"counts\":[],\"presentation\":[]}]");
        out.reset();
        assertThat(diff("east", "west", "--queue", "received")).isZero();
        assertThat(text(out)).isEqualToNormalizingNewlines("""
                Definitions of queues: east against west; no data was read
                received: only in east (Devices received)
                1 queue: 0 counted the same, 0 counted differently, 1 only in east, 0 only in west
                """ + NOTE);
    }

    @Test
    void schemesOfTwoForcesAreCompared() throws IOException {
        scheme("east/schemes/audit.yml", "audit", "[good, poor]");
        scheme("west/schemes/audit.yml", "audit", "[good, fair, poor]");
        scheme("east/schemes/calls.yml", "calls", "[good, poor]");
        scheme("west/schemes/calls.yml", "calls", "[good, poor]");
        scheme("west/schemes/visits.yml", "visits", "[good, poor]");
        assertThat(diff("east", "west")).isZero();
        assertThat(text(out)).isEqualToNormalizingNewlines("""
                Definitions of queues: east against west; no data was read
                awaiting_examination: counted the same
                1 queue: 1 counted the same, 0 counted differently, 0 only in east, 0 only in west
                scheme audit: graded differently
                  lists of grades: only in east version 1 from 2013-01-01 (good, poor); only in west version 1 from \
                2013-01-01 (good, fair, poor)
                scheme calls: graded by the same lists
                scheme visits: only in west
                """ + NOTE);
    }

    private void scheme(String file, String name, String grades) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), """
                scheme: %s
                title: Grades
                description: Grades.
                versions:
                  - {version: 1, valid_from: 2013-01-01, grades: %s}
                """.formatted(name, grades));
    }

    @Test
    void twoStatesOfOneForceAreCalledByTheirFolders() throws IOException {
        Path force = folder.resolve("west/force.yml");
        Files.writeString(force, Files.readString(force).replace("force: west", "force: east"));
        assertThat(diff("east", "west")).isZero();
        assertThat(text(out)).startsWith("Definitions of queues: east against west; ");
    }

    @Test
    void folderThatCannotBeReadIsNamed() throws IOException {
        Path file = folder.resolve("west/queues/awaiting_examination.yml");
        Files.writeString(file, Files.readString(file).replace("enters: [received]", "enters: [receivd]"));
        assertThat(diff("east", "west")).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("fpw: the force folder west has 1 error, the first: "
                        + "queues/awaiting_examination.yml:7: enters[0]: no staging query of item kind 'device' "
                        + "declares the event 'receivd'; did you mean 'received'?; fpw check --quick --force west "
                        + "lists them all\n");
        err.reset();
        assertThat(diff("east", "2026-11-23.1")).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("fpw: --definitions 2026-11-23.1: there is no folder "
                        + folder.resolve("2026-11-23.1") + "; use the folder that contains force.yml\n");
        err.reset();
        assertThat(diff("east", "east", "--queue", "recieved")).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("fpw: neither folder has a queue recieved; queues: "
                        + "[awaiting_examination] and [awaiting_examination]\n");
        err.reset();
        assertThat(diff("east", "east", "--by", "week")).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines(
                        "fpw: --slice, --by and --format csv are about figures; remove them, or --definitions\n");
    }
}
