package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.example.Example;
import uk.fpw.warehouse.force.example.ExampleComparison;
import uk.fpw.warehouse.force.example.ExampleResult;
import uk.fpw.warehouse.force.example.Examples;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.force.yaml.ForceFolderException;

/** Reading of examples, and comparing them with results. */
@Tag("time-zone")
class ExamplesTest {

    private static final String GOOD = """
            example: leaving
            description: A device leaves when it is examined.
            as_of: 2026-11-23
            rows:
              devices:
                - {exhibit: "1", device_type: computer, received_at: 2026-07-01 10:00, size: 12}
                - {exhibit: "2", received_on: 2026-11-03, weight: 1.5, is_big: true, seen_at: 2026-11-03T10:00:00Z}
            expect:
              events:
                - {item_key: "1", event: received, occurred_at: 2026-07-01T10:00}
              spells:
                - {queue: awaiting, item_key: "1", entered_on: 2026-07-01, left_as: null, is_served: null, \
            device_type: computer}
              excluded: []
            """;

    @TempDir
    Path folder;

    private Force force;

    @BeforeEach
    void writeForce() throws IOException {
        for (String part : List.of("feeds", "staging", "queues", "examples")) {
            Files.createDirectories(folder.resolve(part));
        }
        Files.writeString(
                folder.resolve("force.yml"),
                "force: test\nname: Test\nzone: Europe/London\nstorage:\n  warehouse: ../w\n");
        Files.writeString(
                folder.resolve("connections.yml"), "connections:\n  - {name: drop, kind: files, path: drop}\n");
        Files.writeString(folder.resolve("feeds/devices.yml"), """
                feed: devices
                source: dfu
                description: Devices.
                connection: drop
                file: devices.csv
                extract: full
                key: [exhibit]
                item: exhibit
                columns:
                  - {name: exhibit, type: text, privacy: pseudonymise}
                  - {name: device_type, type: text, required: true, privacy: not_personal}
                  - {name: received_at, type: local_time, pattern: dd/MM/yyyy HH:mm, privacy: not_personal}
                  - {name: received_on, type: date, privacy: not_personal}
                  - {name: size, type: whole, privacy: not_personal}
                  - {name: weight, type: decimal, privacy: not_personal}
                  - {name: is_big, type: boolean, privacy: not_personal}
                  - {name: seen_at, type: instant, privacy: not_personal}
                """);
        Files.writeString(folder.resolve("staging/device_events.yml"), """
                staging: device_events
                source: dfu
                item_kind: device
                feeds: [devices]
                events: [received, examined]
                attributes: [device_type]
                """);
        Files.writeString(folder.resolve("staging/device_events.sql"), "select 1\n");
        Files.writeString(folder.resolve("queues/awaiting.yml"), """
                queue: awaiting
                version: 1
                title: Awaiting
                description: Awaiting.
                item_kind: device
                item_unit: devices
                enters: [received]
                leaves:
                  - {event: examined, as: examined, served: true}
                slices: [device_type]
                """);
        force = ForceFolder.read(folder);
    }

    @Test
    void rowsAreBoundByTheTypesOfTheirFeed() throws IOException {
        Example example = read(GOOD).get(0);
        assertThat(example.asOf()).isEqualTo(LocalDate.of(2026, 11, 23));
        assertThat(example.rows().get("devices"))
                .containsExactly(
                        new Example.InputRow(
                                6,
                                Map.of(
                                        "exhibit",
                                        "1",
                                        "device_type",
                                        "computer",
                                        // summer time in London
                                        "received_at",
                                        Instant.parse("2026-07-01T09:00:00Z"),
                                        "size",
                                        12L)),
                        new Example.InputRow(
                                7,
                                Map.of(
                                        "exhibit",
                                        "2",
                                        "received_on",
                                        LocalDate.of(2026, 11, 3),
                                        "weight",
                                        new java.math.BigDecimal("1.500000000"),
                                        "is_big",
                                        true,
                                        "seen_at",
                                        Instant.parse("2026-11-03T10:00:00Z"))));
        assertThat(example.expected()
                        .getOrDefault(Example.Kind.EVENTS, List.of())
                        .get(0)
                        .values())
                .isEqualTo(row("item_key", "1", "event", "received", "occurred_at", "2026-07-01 10:00:00"));
        assertThat(example.expected().get(Example.Kind.EXCLUDED)).isEmpty();
    }

    @Test
    void partOfTheKeyThatMayBeEmptyMayBeLeftOut() throws IOException {
        Path feed = folder.resolve("feeds/devices.yml");
        Files.writeString(
                feed,
                Files.readString(feed)
                        .replace("key: [exhibit]", "key: [exhibit, {column: device_type, may_be_empty: true}]")
                        .replace("type: text, required: true", "type: text"));
        force = ForceFolder.read(folder);
        assertThat(read(GOOD).get(0).rows().get("devices"))
                .extracting(row -> row.values().get("device_type"))
                .containsExactly("computer", null);
    }

    @Test
    void rowKeyIsNotGivenButFollowsFromThePlace() throws IOException {
        Path feed = folder.resolve("feeds/devices.yml");
        Files.writeString(
                feed,
                Files.readString(feed).replace("key: [exhibit]", "key: row").replace("item: exhibit", "item: row"));
        force = ForceFolder.read(folder);
        write(GOOD.replace("{exhibit: \"1\", ", "{row_key: \"1\", "));
        assertThatThrownBy(() -> Examples.read(force))
                .isInstanceOfSatisfying(ForceFolderException.class, wrong -> assertThat(wrong.errors())
                        .map(ConfigError::toString)
                        .containsExactly("examples/leaving.yml:6: rows.devices[0].row_key: the rows of feed "
                                + "'devices' have no key;"
                                + " remove it: the rows are called 'row 1', 'row 2', "
                                + "... in order, in row_key and wherever an item_key is expected"));
    }

    @Test
    void folderWithoutExamplesHasNone() throws IOException {
        Files.delete(folder.resolve("examples"));
        assertThat(Examples.read(force)).isEmpty();
    }

    @Test
    void examplesAreNoPartOfTheDigest() throws IOException {
        write(GOOD);
        assertThat(ForceFolder.read(folder).digest()).isEqualTo(force.digest());
    }

    @Test
    void errorsNameFileLineFieldAndRemedy() throws IOException {
        write(GOOD.replace("example: leaving", "example: leave")
                .replace(
                        "device_type: computer, received_at: 2026-07-01 10:00",
                        "devicetype: computer, received_at: 01/07/2026 10:00")
                .replace("exhibit: \"2\"", "exhibit: 2")
                .replace("event: received", "event: recieved")
                .replace("left_as: null", "left_at: yesterday")
                .replace("excluded: []", "excluded:\n    - {feed: device, item_key: \"3\"}"));
        assertThatThrownBy(() -> Examples.read(force))
                .isInstanceOfSatisfying(ForceFolderException.class, wrong -> assertThat(wrong.errors())
                        .map(ConfigError::toString)
                        .containsExactly(
                                "examples/leaving.yml:1: example: 'leave' is not the name of the file; "
                                        + "call both 'leaving'",
                                "examples/leaving.yml:6: rows.devices[0].devicetype: feed 'devices' has no "
                                        + "column 'devicetype'; did you mean 'device_type'?",
                                "examples/leaving.yml:6: rows.devices[0].received_at: '01/07/2026 10:00' "
                                        + "is not of type local_time; write a timestamp in ISO "
                                        + "format, such as 2016-01-12 14:30, regardless of the feed's pattern",
                                "examples/leaving.yml:7: rows.devices[1].exhibit: '2' is not of type text; "
                                        + "write a text; put a number in quotes",
                                "examples/leaving.yml:10: expect.events[0].event: there is no event "
                                        + "'recieved'; did you mean 'received'?",
                                "examples/leaving.yml:12: expect.spells[0].left_at: 'yesterday' is "
                                        + "not a valid value for this column; write a time such as "
                                        + "2016-01-12 14:30, in the force's time zone",
                                "examples/leaving.yml:14: expect.excluded[0]: has no 'code'; add "
                                        + "it: rows are identified by item_key and code",
                                "examples/leaving.yml:14: expect.excluded[0].feed: there is no feed "
                                        + "'device'; did you mean 'devices'?"));
    }

    @Test
    void unknownFeedsKeysAndListsAreErrors() throws IOException {
        write("""
                example: leaving
                description: Nothing fits.
                as_of: tomorrow
                rows:
                  device: []
                  devices:
                    - {device_type: phone}
                    - {exhibit: "1"}
                    - {exhibit: "1"}
                expect: {}
                """);
        assertThatThrownBy(() -> Examples.read(force))
                .isInstanceOfSatisfying(ForceFolderException.class, wrong -> assertThat(wrong.errors())
                        .map(ConfigError::toString)
                        .containsExactly(
                                "examples/leaving.yml:3: as_of: 'tomorrow' is not a date; use the form 2016-01-12",
                                "examples/leaving.yml:5: rows.device: 'device' is not a feed; did you mean "
                                        + "'devices'?",
                                "examples/leaving.yml:7: rows.devices[0]: has no 'exhibit', which "
                                        + "feeds/devices.yml needs for key or item; add it",
                                "examples/leaving.yml:9: rows.devices[2]: has the key of an earlier row "
                                        + "(exhibit); a feed has one row per key: "
                                        + "change the key, or remove one of the rows",
                                "examples/leaving.yml:10: expect: expects nothing; add at least "
                                        + "one of the lists events, spells, gradings and excluded; "
                                        + "an empty list [] expects none"));
    }

    @Test
    void whatComesOutAsExpectedHasNoDifferences() throws IOException {
        assertThat(differences(
                        List.of(row(
                                "item_key",
                                "1",
                                "event",
                                "received",
                                "occurred_at",
                                "2026-07-01 10:00:00",
                                "event_order",
                                "1")),
                        List.of(row(
                                "queue",
                                "awaiting",
                                "item_key",
                                "1",
                                "entered_on",
                                "2026-07-01",
                                "device_type",
                                "computer"))))
                .isEmpty();
    }

    @Test
    void differencesAreShownByRowAndColumn() throws IOException {
        assertThat(differences(
                        List.of(
                                row("item_key", "1", "event", "received", "occurred_at", "2026-07-01 11:00:00"),
                                row("item_key", "1", "event", "examined", "occurred_at", "2026-07-02 10:00:00")),
                        List.of(row(
                                "queue",
                                "awaiting",
                                "item_key",
                                "2",
                                "entered_on",
                                "2026-07-01",
                                "left_as",
                                "examined",
                                "device_type",
                                "phone"))))
                .containsExactly(
                        "events, different: {item_key: 1, event: received} (examples/leaving.yml:10)",
                        "  occurred_at: expected 2026-07-01 10:00:00, found 2026-07-01 11:00:00",
                        "events, unexpected: {item_key: 1, event: examined, occurred_at: 2026-07-02 10:00:00}",
                        "spells, missing: {queue: awaiting, item_key: 1, entered_on: 2026-07-01, device_type: "
                                + "computer} (examples/leaving.yml:12)",
                        "spells, unexpected: {queue: awaiting, item_key: 2, entered_on: 2026-07-01, left_as: "
                                + "examined, device_type: phone}");
    }

    private List<String> differences(
            List<Map<String, @Nullable String>> events, List<Map<String, @Nullable String>> spells) throws IOException {
        return ExampleComparison.differences(
                read(GOOD).get(0), new ExampleResult("leaving", events, spells, List.of(), List.of()));
    }

    private List<Example> read(String text) throws IOException {
        write(text);
        return Examples.read(force);
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("examples/leaving.yml"), text);
    }

    private static Map<String, @Nullable String> row(String... pairs) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        for (int at = 0; at < pairs.length; at += 2) {
            row.put(pairs[at], pairs[at + 1]);
        }
        return row;
    }
}
