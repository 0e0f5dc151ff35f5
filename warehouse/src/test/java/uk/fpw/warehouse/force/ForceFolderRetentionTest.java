package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.RetentionPeriod;

/** How long the rows of feeds stay, and feeds of which none can be removed. */
class ForceFolderRetentionTest extends ConfigErrorTesting {

    private static final String KEY = "key: [device_id]";

    @Test
    void periodIsReadAsWritten(@TempDir Path folder) {
        Feed feed = new TinyFolder(folder)
                .edit(FEED, KEY, "retain: 7 years after examined_on\n" + KEY)
                .read()
                .feed("devices");

        RetentionPeriod period = Objects.requireNonNull(feed.retain());
        assertThat(period).isEqualTo(new RetentionPeriod(84, "examined_on")).hasToString("7 years after examined_on");
        assertThat(RetentionPeriod.of("30 months after closed_at")).hasToString("30 months after closed_at");
        assertThat(period.horizon(LocalDate.of(2024, 2, 29))).isEqualTo(LocalDate.of(2017, 2, 1));
        assertThat(period.horizon(LocalDate.of(2024, 3, 1))).isEqualTo(LocalDate.of(2017, 3, 1));
    }

    @TestFactory
    Stream<DynamicTest> errors() {
        String retain = "retain: 7 years after examined_on\n";
        String line = "feeds/devices.yml:7: retain: ";
        return Stream.of(
                edit(
                        "a period without a column",
                        FEED,
                        KEY,
                        "retain: 7 years\n" + KEY,
                        line + "'7 years' is not a period and a column such as 7 years after closed_on; change it"),
                edit(
                        "a period that is too short",
                        FEED,
                        KEY,
                        "retain: 23 months after examined_on\n" + KEY,
                        line + "is less than 2 years: a period in which an item was counted, such as a financial year, "
                                + "could still be going on; give at least 2 years or 24 months"),
                edit(
                        "a column that is not there",
                        FEED,
                        KEY,
                        "retain: 7 years after examined\n" + KEY,
                        line + "'examined' is not among the columns; the columns are device_id, device_type, "
                                + "examined_on, received_on"),
                edit(
                        "a column that is no date",
                        FEED,
                        KEY,
                        "retain: 7 years after device_type\n" + KEY,
                        line + "'device_type' is of type text; choose a column of type date, instant or local_time"),
                edit(
                        "several rows of an item",
                        FEED,
                        KEY,
                        retain + "key: [device_id, device_type]",
                        line + "needs one row for each item, so that an item goes whole, but its key is not the item "
                                + "column 'device_id' alone; remove it, or set key to [device_id] if the source has "
                                + "one row for each"),
                edit(
                        "several versions in one extract",
                        FEED,
                        KEY,
                        retain + "order: received_on\n" + KEY,
                        line + "is set, and so is order: of several versions of a row in one extract, one from before "
                                + "the item was closed would be loaded in place of the one that is kept out; remove "
                                + "one of them"),
                test(
                        "another feed with rows of the same items",
                        folder -> withReturns(folder.edit(FEED, KEY, retain + KEY), false),
                        line + "would leave half of an item: feed 'returns' has the same source and may have rows of "
                                + "the same items, which stay; remove it; rows of one item in several feeds cannot be "
                                + "removed together yet"),
                test(
                        "a query that joins another feed",
                        folder -> withReturns(folder.edit(FEED, KEY, retain + KEY), true),
                        line + "would change figures of rows that stay: staging/device_events.yml reads 'devices' "
                                + "together with returns; remove it, or read the feed in a query of its own"),
                test(
                        "judgements",
                        folder -> folder.edit(FEED, KEY, retain + KEY)
                                .write("gradings/kinds.yml", """
                                        grading: kinds
                                        source: lab
                                        description: Kinds.
                                        feeds: [devices]
                                        """)
                                .write("schemes/kinds.yml", """
                                        scheme: kinds
                                        title: Kinds
                                        description: Kinds.
                                        versions:
                                          - {version: 1, valid_from: 2024-01-01, grades: [phone, computer]}
                                        """)
                                .write("gradings/kinds.sql", "-- Grain: item_key.\nselect 1 as item_key from devices"),
                        line + "would change past figures: gradings/kinds.yml counts its rows (its judgements), and "
                                + "only those of queues are kept when rows go; remove it, or gradings/kinds.yml"),
                test(
                        "milestones",
                        folder -> folder.edit(FEED, KEY, retain + KEY).write("milestones/devices.yml", """
                                        milestones: devices
                                        version: 1
                                        title: Devices
                                        description: Devices.
                                        item_kind: device
                                        opens: [received]
                                        closes: [examined]
                                        steps:
                                          - {step: examination, title: Examined, done: [examined]}
                                        """),
                        line + "would change past figures: milestones/devices.yml counts its rows (steps of open "
                                + "cases), and only those of queues are kept when rows go; remove it, or "
                                + "milestones/devices.yml"),
                test(
                        "work done",
                        folder -> folder.edit(FEED, KEY, retain + KEY).write("capacity/lab.yml", """
                                        capacity: lab
                                        kind: unit
                                        title: Laboratory
                                        description: It examines.
                                        queue: awaiting_examination
                                        """),
                        line
                                + "would change past figures: capacity/lab.yml counts its rows (work done), and only "
                                + "those "
                                + "of queues are kept when rows go; remove it, or capacity/lab.yml"));
    }

    private static TinyFolder withReturns(TinyFolder folder, boolean isJoined) {
        folder.write("feeds/returns.yml", """
                feed: returns
                source: lab
                description: One row per returned device.
                connection: drop
                file: returns_{date}.csv
                extract: full
                key: [device_id]
                item: device_id
                columns:
                  - {name: device_id, from: Device, type: text, privacy: pseudonymise}
                """);
        return isJoined ? folder.edit(STAGING, "feeds: [devices]", "feeds: [devices, returns]") : folder;
    }
}
