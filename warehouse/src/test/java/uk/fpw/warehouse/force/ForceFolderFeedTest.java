package uk.fpw.warehouse.force;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Errors in the definitions of feeds. */
@Tag("time-zone")
class ForceFolderFeedTest extends ConfigErrorTesting {

    @TestFactory
    Stream<DynamicTest> feeds() {
        return Stream.of(
                edit(
                        "name other than the file's",
                        FEED,
                        "feed: devices",
                        "feed: gadgets",
                        "feeds/devices.yml:1: feed: is 'gadgets', but the file is named 'devices'; rename the "
                                + "file to gadgets.yml or change the name in it"),
                edit(
                        "connection that does not exist",
                        FEED,
                        "connection: drop",
                        "connection: sftp",
                        "feeds/devices.yml:4: connection: 'sftp' is not in connections.yml; the connections are drop"),
                edit(
                        "file name with folders",
                        FEED,
                        "file: devices_{date}.csv",
                        "file: ../secret/devices.csv",
                        "feeds/devices.yml:5: file: '../secret/devices.csv' is not a plain file name, "
                                + "without folders, that does not start with a dot; change it"),
                edit(
                        "file name whose date makes folders",
                        FEED,
                        "{date}",
                        "{date:yyyy/MM/dd}",
                        "feeds/devices.yml:5: file: 'devices_{date:yyyy/MM/dd}.csv' is not a plain file "
                                + "name, without folders, that does not start with a dot; change it"),
                edit(
                        "file name with another place than the date",
                        FEED,
                        "{date}",
                        "{day}",
                        "feeds/devices.yml:5: file: 'devices_{day}.csv' has braces around something other than a date; "
                                + "use {date} "
                                + "for a date such as 2016-01-12, or {date:yyyyMMdd} for another format"),
                edit(
                        "delivery of a file that is not of one day",
                        FEED,
                        "file: devices_{date}.csv",
                        "file: devices_{date:yyyy-MM}.csv\ndelivery: {days: month_end}",
                        "feeds/devices.yml:6: delivery: is set, but the file name 'devices_{date:yyyy-MM}.csv' does "
                                + "not contain a date, so a missing file cannot be detected; add "
                                + "{date} to file, or remove delivery"),
                edit(
                        "delivery on a day that does not exist",
                        FEED,
                        "extract: full",
                        "extract: full\ndelivery: {days: [mondays]}",
                        "feeds/devices.yml:7: delivery.days[0]: 'mondays' is not one of monday, tuesday, "
                                + "wednesday, thursday, friday, saturday, sunday; did you mean 'monday'?"),
                edit(
                        "delivery of a frequency that does not exist",
                        FEED,
                        "extract: full",
                        "extract: full\ndelivery: {days: weekly}",
                        "feeds/devices.yml:7: delivery.days: 'weekly' is not daily, weekdays, month_start, "
                                + "month_end, irregular or a list of days such as [monday, thursday]; change "
                                + "it"),
                edit(
                        "delivery on no day",
                        FEED,
                        "extract: full",
                        "extract: full\ndelivery: {days: []}",
                        "feeds/devices.yml:7: delivery.days: is an empty list; list at least one"),
                edit(
                        "delivery without days",
                        FEED,
                        "extract: full",
                        "extract: full\ndelivery: {within_days: 1}",
                        "feeds/devices.yml:7: delivery.days: is missing; add it: Dates that have a file: daily; "
                                + "weekdays (Monday to Friday); a list of days of the week, such as "
                                + "[monday]; month_start or month_end, the first or last day "
                                + "of each month; irregular, if no file is ever due. This is the date in the "
                                + "file's name. A file of another date is loaded too."),
                edit(
                        "irregular delivery that is due within days",
                        FEED,
                        "extract: full",
                        "extract: full\ndelivery: {days: irregular, within_days: 1}",
                        "feeds/devices.yml:7: delivery.within_days: is set, but days is "
                                + "irregular, so no file is ever due; remove it"),
                edit(
                        "no delivery on bank holidays that nobody knows",
                        FEED,
                        "extract: full",
                        "extract: full\ndelivery: {days: weekdays, bank_holidays: false}",
                        "feeds/devices.yml:7: delivery.bank_holidays: is false, but there are no bank holidays; "
                                + "add bank_holidays.csv, or remove it"),
                edit(
                        "key that is not a column",
                        FEED,
                        "key: [device_id]",
                        "key: [device_id, devicetype]",
                        "feeds/devices.yml:7: key[1]: 'devicetype' is not among the columns; did you mean "
                                + "'device_type'?"),
                edit(
                        "column twice",
                        FEED,
                        "{name: examined_on,",
                        "{name: received_on,",
                        "feeds/devices.yml:13: columns[3].name: 'received_on' already exists as columns[2].name "
                                + "in line 12; each may occur only once",
                        "rules/devices.yml:6: rules[0].message: shows 'examined_on', which is not a column of "
                                + "feeds/devices.yml; the columns that are not personal are device_type, "
                                + "received_on"),
                edit(
                        "header twice",
                        FEED,
                        "from: Examined",
                        "from: Received",
                        "feeds/devices.yml:13: columns[3].from: 'Received' already exists as columns[2].from in "
                                + "line 12; each may occur only once"),
                edit(
                        "header both loaded and ignored",
                        FEED,
                        "[Officer]",
                        "[Officer, Type]",
                        "feeds/devices.yml:14: ignored[1]: 'Type' is also loaded by columns[1].from in line 11; "
                                + "remove one of them"),
                edit(
                        "pattern for a text",
                        FEED,
                        "from: Type, type: text",
                        "from: Type, type: text, pattern: dd/MM",
                        "feeds/devices.yml:11: columns[1].pattern: is not allowed for a column of type text; remove "
                                + "it, or change the type to date, instant or local_time"),
                edit(
                        "zone for a date",
                        FEED,
                        "from: Examined, type: date",
                        "from: Examined, type: date, zone: Europe/London",
                        "feeds/devices.yml:13: columns[3].zone: is not allowed for a column of type date; remove "
                                + "it, or change the type to local_time"),
                edit(
                        "zone that does not exist",
                        FEED,
                        "from: Examined, type: date, pattern: dd/MM/yyyy",
                        "from: Examined, type: local_time, zone: Europe/Lundon",
                        "feeds/devices.yml:13: columns[3].zone: 'Europe/Lundon' is not a time zone; did you mean "
                                + "'Europe/London'?"),
                edit(
                        "one invalid pattern of several",
                        FEED,
                        "from: Examined, type: date, pattern: dd/MM/yyyy",
                        "from: Examined, type: date, pattern: [dd/MM/yyyy, jj]",
                        "feeds/devices.yml:13: columns[3].pattern[1]: 'jj' is not a date pattern (Unknown pattern "
                                + "letter: j); use the pattern in which the file writes "
                                + "the value, such as dd/MM/yyyy HH:mm"),
                edit(
                        "patterns for a text",
                        FEED,
                        "from: Type, type: text",
                        "from: Type, type: text, pattern: [dd/MM, MM/dd]",
                        "feeds/devices.yml:11: columns[1].pattern: is not allowed for a column of type text; remove "
                                + "it, or change the type to date, instant or local_time"),
                edit(
                        "transform that nobody knows",
                        FEED,
                        "from: Type, type: text",
                        "from: Type, type: text, transform: [trim, uper]",
                        "feeds/devices.yml:11: columns[1].transform[1]: 'uper' is not one of trim, upper, lower, "
                                + "collapse_spaces; did you mean 'upper'?"),
                edit(
                        "transforms that undo each other",
                        FEED,
                        "from: Type, type: text",
                        "from: Type, type: text, transform: [upper, lower]",
                        "feeds/devices.yml:11: columns[1].transform: contains both upper and lower; remove one of "
                                + "them"),
                edit(
                        "capitals of a date",
                        FEED,
                        "from: Examined, type: date",
                        "from: Examined, type: date, transform: [trim, upper]",
                        "feeds/devices.yml:13: columns[3].transform: contains upper or lower for a column of type "
                                + "date; remove it; for types other than text, upper "
                                + "and lower case are read alike"),
                edit(
                        "matches of a date",
                        FEED,
                        "from: Examined, type: date",
                        "from: Examined, type: date, matches: '20.*'",
                        "feeds/devices.yml:13: columns[3].matches: is not allowed for a column of type date; remove "
                                + "it, or change the type to text"),
                edit(
                        "matches that would take very long",
                        FEED,
                        "from: Type, type: text",
                        "from: Type, type: text, matches: '(.*a){12}'",
                        "feeds/devices.yml:11: columns[1].matches: '(.*a){12}' has nested repetitions, "
                                + "so some texts would take very long to match; set the pattern that the "
                                + "whole value must match, such as '[A-Z]{2}[0-9]{4}'"),
                edit(
                        "invalid matches",
                        FEED,
                        "from: Type, type: text",
                        "from: Type, type: text, matches: '[a-z'",
                        "feeds/devices.yml:11: columns[1].matches: '[a-z' is not a regular expression (Unclosed "
                                + "character class); set the pattern that the whole value must match, such as "
                                + "'[A-Z]{2}[0-9]{4}'"),
                edit(
                        "name of files with a wildcard",
                        FEED,
                        "devices_{date}.csv",
                        "devices_*.csv",
                        "feeds/devices.yml:5: file: 'devices_*.csv' contains '*', but is the name "
                                + "of a single file and not a pattern; use {date} for a date "
                                + "such as 2016-01-12, or {date:yyyyMMdd} for another format"),
                edit(
                        "key that is neither row nor a list",
                        FEED,
                        "key: [device_id]",
                        "key: rows",
                        "feeds/devices.yml:7: key: 'rows' is not row or a list of columns such as [case_number, "
                                + "suffix]; change it"),
                edit(
                        "key by row of a feed of changes",
                        FEED,
                        "extract: full\nkey: [device_id]",
                        "extract: changes\nkey: row",
                        "feeds/devices.yml:7: key: is row, but extract is changes: a changed row "
                                + "cannot be distinguished from a new one; list the columns that identify a row "
                                + "in the source, or set extract to full"),
                edit(
                        "key by row of rows that are marked as deleted",
                        FEED,
                        "key: [device_id]\nitem: device_id\ncolumns:",
                        "key: row\nitem: device_id\ndeleted: gone\ncolumns:\n  - {name: gone, from: Gone, type: "
                                + "boolean, privacy: not_personal}",
                        "feeds/devices.yml:9: deleted: is set, but key is row: a row marked as "
                                + "deleted has other values than before, so the earlier row cannot be found; remove "
                                + "it, "
                                + "or list the columns that identify a row in the source"),
                edit(
                        "unreadable values of a column that a staging query reads",
                        FEED,
                        "{name: examined_on,",
                        "{name: examined_on, unreadable: null,",
                        "feeds/devices.yml:13: columns[3].unreadable: is null, but staging/device_events.sql reads "
                                + "'examined_on' and would treat an unreadable value as missing; write outcome "
                                + "if the column says how or when an item leaves; otherwise remove it, so that the row "
                                + "is refused"),
                edit(
                        "unreadable values of the key",
                        FEED,
                        "{name: device_id,",
                        "{name: device_id, unreadable: outcome,",
                        "feeds/devices.yml:10: columns[0].unreadable: is set, but 'device_id' identifies the row or "
                                + "its item; remove it"),
                edit(
                        "unreadable values treated in another way",
                        FEED,
                        "{name: examined_on,",
                        "{name: examined_on, unreadable: empty,",
                        "feeds/devices.yml:13: columns[3].unreadable: 'empty' is not one of null, outcome; use one of "
                                + "them"),
                edit(
                        "order by a column that does not exist",
                        FEED,
                        "item: device_id",
                        "item: device_id\norder: changed_on",
                        "feeds/devices.yml:9: order: 'changed_on' is not among the columns; the columns are "
                                + "device_id, device_type, examined_on, received_on"),
                edit(
                        "order by text",
                        FEED,
                        "item: device_id",
                        "item: device_id\norder: device_type",
                        "feeds/devices.yml:9: order: 'device_type' is of type text, which does not say what is later; "
                                + "choose a column of type whole, date, instant or local_time"),
                edit(
                        "order of rows that have no versions",
                        FEED,
                        "key: [device_id]\nitem: device_id",
                        "key: row\nitem: device_id\norder: received_on",
                        "feeds/devices.yml:9: order: is set, but key is row: rows have no versions; remove it, or list "
                                + "the columns of the key"),
                edit(
                        "item by row beside a key of its own",
                        FEED,
                        "item: device_id",
                        "item: row",
                        "feeds/devices.yml:8: item: 'row' is not among the columns; the columns are device_id, "
                                + "device_type, examined_on, received_on"),
                edit(
                        "column that is called like the key of the row",
                        FEED,
                        "key: [device_id]\nitem: device_id\ncolumns:",
                        "key: row\nitem: row\ncolumns:\n  - {name: row_key, from: Key, type: text, privacy: "
                                + "not_personal}",
                        "feeds/devices.yml:7: key: is row, and a column is named 'row_key', which is "
                                + "reserved for the key of the row; rename the column and put its header in from"),
                edit(
                        "key that may be empty in every part",
                        FEED,
                        "key: [device_id]\nitem: device_id",
                        "key: [{column: device_type, may_be_empty: true}]\nitem: device_id",
                        "feeds/devices.yml:7: key: may be empty in every part, so a row could have no key; add "
                                + "a column that is always filled"),
                edit(
                        "part of a key that may be empty and is the item",
                        FEED,
                        "key: [device_id]\nitem: device_id",
                        "key: [device_type, {column: device_id, may_be_empty: true}]\nitem: device_id",
                        "feeds/devices.yml:7: key[1].column: 'device_id' may be empty, but is the item column; remove "
                                + "may_be_empty"),
                edit(
                        "part of a key that may be empty and is required",
                        FEED,
                        "key: [device_id]",
                        "key: [device_id, {column: received_on, may_be_empty: true}]",
                        "feeds/devices.yml:7: key[1].column: 'received_on' may be empty, but is required; remove "
                                + "one of them"),
                edit(
                        "part of a key twice",
                        FEED,
                        "key: [device_id]",
                        "key: [device_id, {column: device_id, may_be_empty: false}]",
                        "feeds/devices.yml:7: key[1].column: 'device_id' already exists as key[0] in line 7; "
                                + "each may occur only once"),
                edit(
                        "part of a key that is no column",
                        FEED,
                        "key: [device_id]",
                        "key: [device_id, {column: sufix, may_be_empty: true}]",
                        "feeds/devices.yml:7: key[1].column: 'sufix' is not among the columns; the columns are "
                                + "device_id, device_type, examined_on, received_on"),
                edit(
                        "part of a key that does not say enough",
                        FEED,
                        "key: [device_id]",
                        "key: [device_id, {column: device_type}]",
                        "feeds/devices.yml:7: key[1].may_be_empty: is missing; add it: Whether an empty "
                                + "value is allowed. Otherwise a row without it has no key."),
                edit(
                        "invalid pattern",
                        FEED,
                        "from: Examined, type: date, pattern: dd/MM/yyyy",
                        "from: Examined, type: date, pattern: DD.jj.yyyy",
                        "feeds/devices.yml:13: columns[3].pattern: 'DD.jj.yyyy' is not a date pattern (Unknown "
                                + "pattern letter: j); use the pattern in which the file "
                                + "writes the value, such as dd/MM/yyyy HH:mm"),
                edit(
                        "minutes in the place of the month",
                        FEED,
                        "from: Examined, type: date, pattern: dd/MM/yyyy",
                        "from: Examined, type: local_time, pattern: dd/mm/yyyy HH:mm",
                        "feeds/devices.yml:13: columns[3].pattern: 'dd/mm/yyyy HH:mm' does not contain year, month "
                                + "(MM), day (dd) and time of day (HH:mm, or hh:mm with a); use the "
                                + "pattern in which the file writes the value, such as dd/MM/yyyy HH:mm"),
                edit(
                        "twelve-hour clock without am and pm",
                        FEED,
                        "from: Examined, type: date, pattern: dd/MM/yyyy",
                        "from: Examined, type: local_time, pattern: dd/MM/yyyy hh:mm",
                        "feeds/devices.yml:13: columns[3].pattern: 'dd/MM/yyyy hh:mm' does not contain year, month "
                                + "(MM), day (dd) and time of day (HH:mm, or hh:mm with a); use the "
                                + "pattern in which the file writes the value, such as dd/MM/yyyy HH:mm"),
                edit(
                        "instant without offset",
                        FEED,
                        "from: Examined, type: date, pattern: dd/MM/yyyy",
                        "from: Examined, type: instant, pattern: dd/MM/yyyy HH:mm",
                        "feeds/devices.yml:13: columns[3].pattern: 'dd/MM/yyyy HH:mm' does not contain year, month "
                                + "(MM), day (dd), time of day (HH:mm) and offset (XXX); use the pattern "
                                + "in which the file writes the value, such as dd/MM/yyyy HH:mm"),
                edit(
                        "pseudonym of a date",
                        FEED,
                        "pattern: dd/MM/yyyy, required: true, privacy: not_personal",
                        "pattern: dd/MM/yyyy, required: true, privacy: pseudonymise",
                        "feeds/devices.yml:12: columns[2].privacy: only text can be pseudonymised, but the type is "
                                + "date; change the type to text, or leave the column out "
                                + "by adding its header to ignored",
                        "rules/devices.yml:6: rules[0].message: shows 'received_on', which is personal data; remove "
                                + "{received_on} from the message"));
    }

    @TestFactory
    Stream<DynamicTest> closedLists() {
        return Stream.of(
                edit(
                        "codes of a column that does not exist",
                        FEED,
                        "ignored:",
                        "codes: {device_typ: {EX: examined}}\nignored:",
                        "feeds/devices.yml:14: codes.device_typ: 'device_typ' is not among the columns; did you mean "
                                + "'device_type'?"),
                edit(
                        "code of an event that does not exist",
                        FEED,
                        "ignored:",
                        "codes: {device_type: {EX: [examined, examind], X9: ignored}}\nignored:",
                        "feeds/devices.yml:14: codes.device_type.EX: 'examind' is not an event of a staging query that "
                                + "reads this feed; did you mean 'examined'?"),
                edit(
                        "codes of a pseudonymised column",
                        FEED,
                        "ignored:",
                        "codes: {device_id: {EX: examined}}\nignored:",
                        "feeds/devices.yml:14: codes.device_id: 'device_id' is stored as a keyed hash, so its values "
                                + "cannot be listed; remove it, or change the column's privacy to not_personal if it "
                                + "is"),
                edit(
                        "invalid date",
                        FEED,
                        "ignored:",
                        "dates: {device_type: examined}\nignored:",
                        "feeds/devices.yml:14: dates.device_type: 'device_type' is of type text; choose a column of "
                                + "type date, instant, local_time"),
                edit(
                        "date of an event that does not exist",
                        FEED,
                        "ignored:",
                        "dates: {examined_on: examind}\nignored:",
                        "feeds/devices.yml:14: dates.examined_on: 'examind' is not an event of a staging query that "
                                + "reads this feed; did you mean 'examined'?"),
                edit(
                        "closed list of dates",
                        FEED,
                        "pattern: dd/MM/yyyy, privacy: not_personal}",
                        "pattern: dd/MM/yyyy, privacy: not_personal, values: [today]}",
                        "feeds/devices.yml:13: columns[3].values: 'examined_on' is of type date; choose a column of "
                                + "type text"));
    }
}
