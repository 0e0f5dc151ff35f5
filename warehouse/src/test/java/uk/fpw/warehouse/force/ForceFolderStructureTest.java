package uk.fpw.warehouse.force;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Violations of the structure defined by the schemas. */
class ForceFolderStructureTest extends ConfigErrorTesting {

    @TestFactory
    Stream<DynamicTest> structure() {
        return Stream.of(
                edit(
                        "tab as indentation",
                        FORCE,
                        "  warehouse",
                        "\twarehouse",
                        "force.yml:5: is not valid YAML: while scanning for the next token, found character '\\t(TAB)' "
                                + "that cannot start any token. (Do not use \\t(TAB) for indentation); YAML "
                                + "uses spaces for indentation; replace the tab"),
                edit(
                        "bad indentation",
                        FORCE,
                        "name: Tiny",
                        " name: Tiny",
                        "force.yml:2: is not valid YAML: mapping values are not allowed here; check this line "
                                + "and the one before it: indentation, a missing ':' or quote; quote a text "
                                + "that contains ': ', '#' or a leading special character"),
                edit(
                        "nesting without end",
                        FORCE,
                        "name: Tiny Police",
                        "name: " + "[".repeat(100_000) + "]".repeat(100_000),
                        "force.yml:2: is nested more than 20 levels deep; check the indentation and the brackets; no "
                                + "definition needs so many"),
                test(
                        "files without end",
                        folder -> {
                            for (int i = 0; i <= 500; i++) {
                                folder.write("facts/f" + i + ".yml", "fact: f" + i + "\n");
                            }
                        },
                        "facts/: holds 501 files, more than 500; remove those that are not needed"),
                test(
                        "more bytes in all than any force needs",
                        folder -> {
                            // The other files have less than a million bytes, so that one of these exceeds the total.
                            for (int i = 10; i <= 74; i++) {
                                folder.write("recommendations/r" + i + ".yml", "#".repeat(1_000_000));
                            }
                        },
                        "recommendations/r73.yml: brings the definition files to more than 64,000,000 bytes in all; "
                                + "definitions are short: keep data in the folder of a connection, and remove what "
                                + "is not needed"),
                edit(
                        "repeated field",
                        FORCE,
                        "zone: Europe/London",
                        "zone: Europe/London\nforce: other",
                        "force.yml:4: force: occurs twice, first on line 1; remove one of them"),
                edit(
                        "anchor",
                        QUEUE,
                        "slices: [",
                        "slices: &s [",
                        "queues/awaiting_examination.yml:10: slices: has the anchor '&s'; write out the value"),
                edit(
                        "unknown field that resembles none",
                        FEED,
                        "extract: full",
                        "extract: full\ncompression: gzip",
                        "feeds/devices.yml:7: compression: is not a valid field here; remove it; valid fields are "
                                + "feed, source, description, owner, connection, file, format, delivery, freshness, "
                                + "table, extract, cursor, reconcile, deleted, order, retain, key, item, scope, "
                                + "limits, "
                                + "columns, codes, dates, ignored"),
                edit(
                        "unknown field of a column",
                        FEED,
                        "{name: device_type, from",
                        "{name: device_type, form",
                        "feeds/devices.yml:11: columns[1].form: is not a valid field here; did you mean 'from'?"),
                edit(
                        "missing field of a file",
                        QUEUE,
                        "version: 1\n",
                        "",
                        "queues/awaiting_examination.yml: version: is missing; add it: Version of the definition, "
                                + "counted from 1; raise it whenever the figures may change. Every published "
                                + "row carries it."),
                edit(
                        "missing field of a part",
                        FEED,
                        "from: Type, type: text, privacy: not_personal",
                        "from: Type, type: text",
                        "feeds/devices.yml:11: columns[1].privacy: is missing; add it: not_personal: kept as it "
                                + "is. pseudonymise: kept as a keyed hash only, for text. Refusals show "
                                + "only the shape of a value. A personal value that is not needed belongs into "
                                + "ignored."),
                edit(
                        "number where a text belongs",
                        QUEUE,
                        "title: Devices awaiting examination",
                        "title: 2016",
                        "queues/awaiting_examination.yml:3: title: is 2016, which YAML reads as a number and not "
                                + "as a text; put it in quotes"),
                edit(
                        "text where a number belongs",
                        QUEUE,
                        "version: 1",
                        "version: one",
                        "queues/awaiting_examination.yml:2: version: is 'one', but must be a whole number; write "
                                + "a whole number, without quotes"),
                edit(
                        "text where a list belongs",
                        QUEUE,
                        "enters: [received]",
                        "enters: received",
                        "queues/awaiting_examination.yml:7: enters: is a text, but must be a list; put it in "
                                + "brackets: [received]"),
                edit(
                        "text where a yes-or-no value belongs",
                        QUEUE,
                        "served: true",
                        "served: yes",
                        "queues/awaiting_examination.yml:9: leaves[0].served: is 'yes', but must be true or false; "
                                + "write true or false, without quotes"),
                edit(
                        "field without value",
                        QUEUE,
                        "title: Devices awaiting examination",
                        "title:",
                        "queues/awaiting_examination.yml:3: title: has no value; give it one, or remove the line "
                                + "if the field is optional"),
                edit(
                        "empty text",
                        QUEUE,
                        "title: Devices awaiting examination",
                        "title: ''",
                        "queues/awaiting_examination.yml:3: title: is empty; set a value"),
                edit(
                        "empty list",
                        QUEUE,
                        "enters: [received]",
                        "enters: []",
                        "queues/awaiting_examination.yml:7: enters: is an empty list; list at least one"),
                edit(
                        "value outside a list of values",
                        FEED,
                        "from: Type, type: text",
                        "from: Type, type: string",
                        "feeds/devices.yml:11: columns[1].type: 'string' is not one of text, whole, decimal, "
                                + "boolean, date, instant, local_time; use one of them"),
                edit(
                        "number below its least value",
                        QUEUE,
                        "version: 1",
                        "version: 0",
                        "queues/awaiting_examination.yml:2: version: is 0, less than 1; use a larger number"),
                edit(
                        "share above one",
                        FEED,
                        "extract: full",
                        "extract: full\nlimits: {max_refused_share: 5}",
                        "feeds/devices.yml:7: limits.max_refused_share: is 5, more than 1; use a smaller number"),
                edit(
                        "value twice in a list",
                        STAGING,
                        "[received, examined]",
                        "[received, examined, received]",
                        "staging/device_events.yml:5: events: holds 'received' twice; remove one of them"),
                edit(
                        "name with capitals",
                        FORCE,
                        "force: tiny",
                        "force: Tiny Police",
                        "force.yml:1: force: 'Tiny Police' is not a name of lower-case letters, "
                                + "digits and _ that starts with a letter; change it"),
                edit(
                        "column name that is reserved",
                        FEED,
                        "{name: device_type,",
                        "{name: _key,",
                        "feeds/devices.yml:11: columns[1].name: '_key' is not a name of lower-case "
                                + "letters, digits and _ that starts with a letter (names with a leading "
                                + "_ are reserved); change it"),
                edit(
                        "database without user",
                        FORCE,
                        "  warehouse: ../warehouse",
                        "  warehouse: ../warehouse\n  database: jdbc:postgresql://db/fpw",
                        "force.yml:4: storage: gives 'database' only partly; set all three of "
                                + "database, user and password_variable, or none"));
    }

    @TestFactory
    Stream<DynamicTest> wholeFiles() {
        return Stream.of(
                test(
                        "empty file",
                        folder -> folder.write(QUEUE, "# nothing yet\n"),
                        QUEUE + ": is empty; add its fields, as described in docs/force-folder.md"),
                test(
                        "list instead of fields",
                        folder -> folder.write(CONNECTIONS, "- drop\n"),
                        "connections.yml:1: does not contain fields; write lines of the form 'field: value'"),
                test(
                        "staging without SQL",
                        folder -> folder.delete(SQL),
                        STAGING + ": has no matching .sql file; add " + SQL),
                test(
                        "SQL without staging",
                        folder -> folder.write("staging/cases.sql", "select 1"),
                        "staging/cases.sql: has no matching .yml file; add staging/cases.yml"),
                test(
                        "SQL of comments only",
                        folder -> folder.write(SQL, "-- later\n/* ; */\n"),
                        SQL + ": contains no query; write one, as described in docs/force-folder.md"),
                test(
                        "two files of one name",
                        folder -> folder.write(
                                "queues/a_copy.yml",
                                "queue: awaiting_examination\nversion: 1\ntitle: t\ndescription: d\nitem_kind: "
                                        + "device\nitem_unit: devices\nenters: [received]\nleaves: [{event: "
                                        + "examined, as: examined, served: true}]\n"),
                        "queues/a_copy.yml:1: queue: 'awaiting_examination' is also used in "
                                + "queues/awaiting_examination.yml; rename one of "
                                + "them and its file"),
                test(
                        "bank holidays with a bad date and without header",
                        folder -> folder.write(
                                "bank_holidays.csv",
                                "date,name\n2016-12-26,Boxing Day\n26/12/2017,Boxing Day\n2016-12-26,again\n"),
                        "bank_holidays.csv:3: date: '26/12/2017' is not a date; use the form 2016-12-26",
                        "bank_holidays.csv:4: date: '2016-12-26' occurs twice; remove one of the lines"),
                test(
                        "bank holidays without header",
                        folder -> folder.write("bank_holidays.csv", "2016-12-26\n"),
                        "bank_holidays.csv:1: does not start with the header 'date,name'; add it as the first line"));
    }
}
