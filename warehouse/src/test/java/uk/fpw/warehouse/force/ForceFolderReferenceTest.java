package uk.fpw.warehouse.force;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Errors in references between staging queries, queues and rules. */
class ForceFolderReferenceTest extends ConfigErrorTesting {

    @TestFactory
    Stream<DynamicTest> staging() {
        return Stream.of(
                edit(
                        "feed that does not exist",
                        STAGING,
                        "feeds: [devices]",
                        "feeds: [device]",
                        "staging/device_events.yml:4: feeds[0]: there is no feed 'device'; did you mean 'devices'?"),
                edit(
                        "feed of another source",
                        STAGING,
                        "source: lab",
                        "source: custody",
                        "staging/device_events.yml:4: feeds[0]: feed 'devices' is of source 'lab', but source here "
                                + "is 'custody'; a staging query reads a single source; correct "
                                + "one of them, or split the query"),
                edit(
                        "attribute that is a fixed column",
                        STAGING,
                        "[device_type]",
                        "[device_type, event_order]",
                        "staging/device_events.yml:6: attributes[1]: 'event_order' is a standard "
                                + "column of staging queries; remove it, or "
                                + "rename the attribute"),
                edit(
                        "two statements",
                        SQL,
                        "union all",
                        ";",
                        "staging/device_events.sql:3: contains more than one statement; keep one query, without ';'"),
                edit(
                        "semicolon at the end",
                        SQL,
                        "device_type <> 'a;b'",
                        "device_type <> 'a;b';",
                        "staging/device_events.sql:4: ends with ';'; remove the semicolon"));
    }

    @TestFactory
    Stream<DynamicTest> queues() {
        return Stream.of(
                edit(
                        "item kind that no staging query yields",
                        QUEUE,
                        "item_kind: device",
                        "item_kind: case",
                        "queues/awaiting_examination.yml:5: item_kind: no staging query "
                                + "returns items of kind 'case'; the kinds are device"),
                edit(
                        "leaving event that nobody emits",
                        QUEUE,
                        "event: examined",
                        "event: withdrawn",
                        "queues/awaiting_examination.yml:9: leaves[0].event: no staging query of item kind "
                                + "'device' declares the event 'withdrawn'; the events are examined, received"),
                test(
                        "more slices than are counted",
                        folder -> {
                            String names = IntStream.range(0, 31)
                                    .mapToObj(number -> "s" + number)
                                    .collect(Collectors.joining(", ", "[", "]"));
                            folder.edit(STAGING, "[device_type]", names).edit(QUEUE, "[device_type]", names);
                        },
                        "queues/awaiting_examination.yml:10: slices: holds 31 entries, more than 30; remove some"),
                edit(
                        "slice that is not an attribute",
                        QUEUE,
                        "slices: [device_type]",
                        "slices: [device_kind]",
                        "queues/awaiting_examination.yml:10: slices[0]: 'device_kind' is not an attribute "
                                + "of a staging query that returns an entering event (staging/device_events.yml); "
                                + "the attributes are device_type"),
                edit(
                        "event that enters and leaves",
                        QUEUE,
                        "event: examined",
                        "event: received",
                        "queues/awaiting_examination.yml:9: leaves[0].event: 'received' both enters the queue "
                                + "(enters[0]) and leaves it; one event can only do one of "
                                + "these; make the staging query return two events"),
                edit(
                        "event that re-enters twice",
                        QUEUE,
                        "enters: [received]",
                        "enters: [received]\nre_enters: [{event: received, reason: a}, {event: received, reason: b}]",
                        "queues/awaiting_examination.yml:8: re_enters[1].event: 'received' already exists as "
                                + "re_enters[0].event in line 8; each may occur only once"),
                edit(
                        "way of leaving that is served and is not",
                        QUEUE,
                        "  - {event: examined, as: examined, served: true}",
                        "  - {event: examined, as: done, served: true}\n  - {event: withdrawn, as: done, served: "
                                + "false}",
                        "queues/awaiting_examination.yml:10: leaves[1].event: no staging query of item kind "
                                + "'device' declares the event 'withdrawn'; the events are examined, received",
                        "queues/awaiting_examination.yml:10: leaves[1].served: 'done' counts as served here, but not "
                                + "in "
                                + "leaves[0].served, or vice versa; make both the "
                                + "same, or use different names in 'as'"),
                edit(
                        "exit called all",
                        QUEUE,
                        "as: examined",
                        "as: all",
                        "queues/awaiting_examination.yml:9: leaves[0].as: 'all' is not words of lower-case "
                                + "letters, digits, spaces, _ and - (but not 'all'); change it"),
                edit(
                        "age bands that do not ascend",
                        QUEUE,
                        "[30, 90]",
                        "[30, 90, 90]",
                        "queues/awaiting_examination.yml:11: age_bands[2]: 90 is not greater than 90 before it; list "
                                + "the limits in ascending order, such as [30, 90, 180, 365]"),
                edit(
                        "day that does not exist",
                        QUEUE,
                        "age_bands: [30, 90]",
                        "observed_from: 2015-02-30",
                        "queues/awaiting_examination.yml:11: observed_from: there is no date '2015-02-30'; write an "
                                + "existing date, such as 2015-01-31"));
    }

    @TestFactory
    Stream<DynamicTest> rules() {
        return Stream.of(
                edit(
                        "rules for a feed that does not exist",
                        RULES,
                        "feed: devices",
                        "feed: device",
                        "rules/devices.yml:1: feed: is 'device', but the file is named 'devices'; rename the file "
                                + "to device.yml or change the name in it",
                        "rules/devices.yml:1: feed: there is no feed 'device'; did you mean 'devices'?"),
                edit(
                        "code of the warehouse's own",
                        RULES,
                        "EXAMINED_BEFORE_RECEIVED",
                        "NO_EVENT",
                        "rules/devices.yml:3: rules[0].code: 'NO_EVENT' is a reserved code; use "
                                + "another code for the rule"),
                edit(
                        "code twice",
                        RULES,
                        "rules:\n",
                        "rules:\n  - {code: EXAMINED_BEFORE_RECEIVED, severity: warning, expression: device_type "
                                + "<> 'x', message: x}\n",
                        "rules/devices.yml:4: rules[1].code: 'EXAMINED_BEFORE_RECEIVED' is already "
                                + "used by the rule in rules/devices.yml:3; change one of the codes"),
                edit(
                        "expression that is more than one",
                        RULES,
                        "received_on\n    message",
                        "received_on; drop table x\n    message",
                        "rules/devices.yml:5: rules[0].expression: is not a single condition; write a condition "
                                + "that is true for valid rows, without ';'"),
                edit(
                        "personal value in the message",
                        RULES,
                        "{examined_on}",
                        "{device_id}",
                        "rules/devices.yml:6: rules[0].message: shows 'device_id', which is personal data; remove "
                                + "{device_id} from the message"),
                edit(
                        "unknown column in the message",
                        RULES,
                        "{examined_on}",
                        "{examined}",
                        "rules/devices.yml:6: rules[0].message: shows 'examined', which is not a column of "
                                + "feeds/devices.yml; the columns that are not personal are device_type, "
                                + "examined_on, received_on"));
    }
}
