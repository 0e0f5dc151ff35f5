package uk.fpw.warehouse.force;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Mistakes in what reaches the warehouse: force, connections and feeds. */
class ForceFolderFeedTest extends MistakeTesting {

    @TestFactory
    Stream<DynamicTest> forceAndConnections() {
        return Stream.of(
                edit(
                        "zone that is an offset",
                        FORCE,
                        "Europe/London",
                        "'+01:00'",
                        "force.yml:3: zone: '+01:00' is not a time zone; use a name such as Europe/London"),
                edit(
                        "warehouse among the definitions",
                        FORCE,
                        "../warehouse",
                        "feeds/warehouse",
                        "force.yml:5: storage.warehouse: 'feeds/warehouse' is a folder of definitions; name a folder of its own, such as ../var/warehouse"),
                edit(
                        "password in the database address, which the message does not repeat",
                        FORCE,
                        "  warehouse: ../warehouse",
                        "  warehouse: ../warehouse\n  database: jdbc:postgresql://db/fpw?password=hunter2\n  user: fpw\n  password_variable: FPW_PASSWORD",
                        "force.yml:6: storage.database: holds a user or a password; leave them out of the address; name the user in storage.user and the variable that holds the password in storage.password_variable"),
                edit(
                        "database that is no JDBC address, which may hold a password and is not repeated",
                        FORCE,
                        "  warehouse: ../warehouse",
                        "  warehouse: ../warehouse\n  database: postgresql://fpw:hunter2@db/fpw\n  user: fpw\n  password_variable: FPW_PASSWORD",
                        "force.yml:6: storage.database: the value is not a JDBC address that begins with jdbc:postgresql: or jdbc:h2:; change it",
                        "force.yml:6: storage.database: holds a user or a password; leave them out of the address; name the user in storage.user and the variable that holds the password in storage.password_variable"),
                edit(
                        "warehouse that would set the embedded database",
                        FORCE,
                        "../warehouse",
                        "/var/x;INIT=DROP ALL OBJECTS",
                        "force.yml:5: storage.warehouse: the path /var/x;INIT=DROP ALL OBJECTS holds ';', after which the embedded database expects settings; choose a path without it"),
                edit(
                        "warehouse in the cloud",
                        FORCE,
                        "../warehouse",
                        "s3a://bucket/warehouse",
                        "force.yml:5: storage.warehouse: is an address that begins with s3a:, and only folders of this machine can be used; name a folder; storage of another machine can be mounted as one"),
                edit(
                        "files in the cloud",
                        CONNECTIONS,
                        "path: drop}",
                        "path: 'hdfs://host/drop'}",
                        "connections.yml:2: connections[0].path: is an address that begins with hdfs:, and only folders of this machine can be used; name a folder; storage of another machine can be mounted as one"),
                edit(
                        "database that would run a script when it is opened",
                        FORCE,
                        "  warehouse: ../warehouse",
                        "  warehouse: ../warehouse\n  database: jdbc:h2:file:/tmp/x;INIT=RUNSCRIPT FROM '/tmp/hunter2.sql'\n  user: fpw\n  password_variable: FPW_PASSWORD",
                        "force.yml:6: storage.database: has the setting 'INIT', which a force folder may not set; remove it; what may be set is MODE, DATABASE_TO_LOWER, DATABASE_TO_UPPER, CASE_INSENSITIVE_IDENTIFIERS, DEFAULT_NULL_ORDERING, AUTO_SERVER, WRITE_DELAY, CACHE_SIZE, LOCK_TIMEOUT"),
                edit(
                        "database in memory",
                        FORCE,
                        "  warehouse: ../warehouse",
                        "  warehouse: ../warehouse\n  database: jdbc:h2:mem:x\n  user: fpw\n  password_variable: FPW_PASSWORD",
                        "force.yml:6: storage.database: is not an address of the form jdbc:h2:file:/path/of/database; write it in this form"),
                edit(
                        "connection twice",
                        CONNECTIONS,
                        "path: drop}",
                        "path: drop}\n  - {name: drop, kind: files, path: other}",
                        "connections.yml:3: connections[1].name: 'drop' is already there as connections[0].name in line 2; each may be there once only"),
                edit(
                        "path with a NUL character",
                        CONNECTIONS,
                        "path: drop}",
                        "path: \"dr\\0op\"}",
                        "connections.yml:2: connections[0].path: holds a character that no path can hold; name a folder"),
                edit(
                        "warehouse in the force folder itself",
                        FORCE,
                        "../warehouse",
                        ".",
                        "force.yml:5: storage.warehouse: '.' is a folder of definitions; name a folder of its own, such as ../var/warehouse"),
                edit(
                        "unknown kind of connection",
                        CONNECTIONS,
                        "kind: files",
                        "kind: file",
                        "connections.yml:2: connections[0].kind: 'file' is not one of files, jdbc; did you mean 'files'?"));
    }

    @TestFactory
    Stream<DynamicTest> feeds() {
        return Stream.of(
                edit(
                        "name other than the file's",
                        FEED,
                        "feed: devices",
                        "feed: gadgets",
                        "feeds/devices.yml:1: feed: is 'gadgets', but the file is called 'devices'; rename the file to gadgets.yml or change the name in it"),
                edit(
                        "connection that is not there",
                        FEED,
                        "connection: drop",
                        "connection: sftp",
                        "feeds/devices.yml:4: connection: 'sftp' is not in connections.yml; the connections are drop"),
                edit(
                        "file name with folders",
                        FEED,
                        "file: devices_{date}.csv",
                        "file: ../secret/devices.csv",
                        "feeds/devices.yml:5: file: '../secret/devices.csv' is not a plain file name, without folders, that does not begin with a dot; change it"),
                edit(
                        "file name whose date makes folders",
                        FEED,
                        "{date}",
                        "{date:yyyy/MM/dd}",
                        "feeds/devices.yml:5: file: 'devices_{date:yyyy/MM/dd}.csv' is not a plain file name, without folders, that does not begin with a dot; change it"),
                edit(
                        "file name with another place than the date",
                        FEED,
                        "{date}",
                        "{day}",
                        "feeds/devices.yml:5: file: 'devices_{day}.csv' has braces that hold no date; write {date} for a date such as 2016-01-12, or {date:yyyyMMdd} for another form"),
                edit(
                        "delivery of a file that is not of one day",
                        FEED,
                        "file: devices_{date}.csv",
                        "file: devices_{date:yyyy-MM}.csv\ndelivery: {days: month_end}",
                        "feeds/devices.yml:6: delivery: is given, but the name 'devices_{date:yyyy-MM}.csv' does not tell the day of a file, so that none can be missing; write {date} into file, or remove delivery"),
                edit(
                        "delivery on a day that does not exist",
                        FEED,
                        "extract: full",
                        "extract: full\ndelivery: {days: [mondays]}",
                        "feeds/devices.yml:7: delivery.days[0]: 'mondays' is not one of monday, tuesday, wednesday, thursday, friday, saturday, sunday; did you mean 'monday'?"),
                edit(
                        "delivery of a frequency that does not exist",
                        FEED,
                        "extract: full",
                        "extract: full\ndelivery: {days: weekly}",
                        "feeds/devices.yml:7: delivery.days: 'weekly' is not daily, weekdays, month_start, month_end, irregular or a list of days such as [monday, thursday]; change it"),
                edit(
                        "delivery on no day",
                        FEED,
                        "extract: full",
                        "extract: full\ndelivery: {days: []}",
                        "feeds/devices.yml:7: delivery.days: is an empty list; name at least one"),
                edit(
                        "delivery without days",
                        FEED,
                        "extract: full",
                        "extract: full\ndelivery: {within_days: 1}",
                        "feeds/devices.yml:7: delivery.days: is missing; add it: Dates that have a file: daily; weekdays (Monday to Friday); a list of days of the week, such as [monday]; month_start or month_end, the first or last day of each month; irregular, if no file is ever due. Meant is the date in the file's name. A file of another date is loaded too."),
                edit(
                        "irregular delivery that is due within days",
                        FEED,
                        "extract: full",
                        "extract: full\ndelivery: {days: irregular, within_days: 1}",
                        "feeds/devices.yml:7: delivery.within_days: is given, but days is irregular, so that no file is ever due; remove it"),
                edit(
                        "no delivery on bank holidays that nobody knows",
                        FEED,
                        "extract: full",
                        "extract: full\ndelivery: {days: weekdays, bank_holidays: false}",
                        "feeds/devices.yml:7: delivery.bank_holidays: is false, but no bank holidays are known; add bank_holidays.csv, or remove it"),
                edit(
                        "encoding that does not exist",
                        FEED,
                        "extract: full",
                        "extract: full\nformat: {encoding: utf-9000}",
                        "feeds/devices.yml:7: format.encoding: 'utf-9000' is not an encoding; use a name such as UTF-8 or windows-1252"),
                edit(
                        "delimiter that is the quote",
                        FEED,
                        "extract: full",
                        "extract: full\nformat: {delimiter: '\"'}",
                        "feeds/devices.yml:7: format: has the same delimiter and quote; give them different characters"),
                edit(
                        "delimiter of two characters",
                        FEED,
                        "extract: full",
                        "extract: full\nformat: {delimiter: '||'}",
                        "feeds/devices.yml:7: format.delimiter: '||' is not a single character; change it"),
                edit(
                        "key that is not a column",
                        FEED,
                        "key: [device_id]",
                        "key: [device_id, devicetype]",
                        "feeds/devices.yml:7: key[1]: 'devicetype' is not among the columns; did you mean 'device_type'?"),
                edit(
                        "column twice",
                        FEED,
                        "{name: examined_on,",
                        "{name: received_on,",
                        "feeds/devices.yml:13: columns[3].name: 'received_on' is already there as columns[2].name in line 12; each may be there once only",
                        "rules/devices.yml:6: rules[0].message: shows 'examined_on', which is not a column of feeds/devices.yml; the columns that are not personal are device_type, received_on"),
                edit(
                        "header twice",
                        FEED,
                        "from: Examined",
                        "from: Received",
                        "feeds/devices.yml:13: columns[3].from: 'Received' is already there as columns[2].from in line 12; each may be there once only"),
                edit(
                        "header both loaded and ignored",
                        FEED,
                        "[Officer]",
                        "[Officer, Type]",
                        "feeds/devices.yml:14: ignored[1]: 'Type' is also loaded, by columns[1].from in line 11; remove it here or there"),
                edit(
                        "pattern for a text",
                        FEED,
                        "from: Type, type: text",
                        "from: Type, type: text, pattern: dd/MM",
                        "feeds/devices.yml:11: columns[1].pattern: is given for a column of type text; remove it, or make the type date, instant or local_time"),
                edit(
                        "zone for a date",
                        FEED,
                        "from: Examined, type: date",
                        "from: Examined, type: date, zone: Europe/London",
                        "feeds/devices.yml:13: columns[3].zone: is given for a column of type date; remove it, or make the type local_time"),
                edit(
                        "zone that does not exist",
                        FEED,
                        "from: Examined, type: date, pattern: dd/MM/yyyy",
                        "from: Examined, type: local_time, zone: Europe/Lundon",
                        "feeds/devices.yml:13: columns[3].zone: 'Europe/Lundon' is not a time zone; did you mean 'Europe/London'?"),
                edit(
                        "pattern that is none",
                        FEED,
                        "from: Examined, type: date, pattern: dd/MM/yyyy",
                        "from: Examined, type: date, pattern: DD.jj.yyyy",
                        "feeds/devices.yml:13: columns[3].pattern: 'DD.jj.yyyy' is not a date pattern (Unknown pattern letter: j); write the pattern as the file writes the value, such as dd/MM/yyyy HH:mm"),
                edit(
                        "minutes in the place of the month",
                        FEED,
                        "from: Examined, type: date, pattern: dd/MM/yyyy",
                        "from: Examined, type: local_time, pattern: dd/mm/yyyy HH:mm",
                        "feeds/devices.yml:13: columns[3].pattern: 'dd/mm/yyyy HH:mm' does not tell year, month (MM), day (dd) and time of day (HH:mm, or hh:mm with a); write the pattern as the file writes the value, such as dd/MM/yyyy HH:mm"),
                edit(
                        "twelve-hour clock without am and pm",
                        FEED,
                        "from: Examined, type: date, pattern: dd/MM/yyyy",
                        "from: Examined, type: local_time, pattern: dd/MM/yyyy hh:mm",
                        "feeds/devices.yml:13: columns[3].pattern: 'dd/MM/yyyy hh:mm' does not tell year, month (MM), day (dd) and time of day (HH:mm, or hh:mm with a); write the pattern as the file writes the value, such as dd/MM/yyyy HH:mm"),
                edit(
                        "instant without offset",
                        FEED,
                        "from: Examined, type: date, pattern: dd/MM/yyyy",
                        "from: Examined, type: instant, pattern: dd/MM/yyyy HH:mm",
                        "feeds/devices.yml:13: columns[3].pattern: 'dd/MM/yyyy HH:mm' does not tell year, month (MM), day (dd), time of day (HH:mm) and offset (XXX); write the pattern as the file writes the value, such as dd/MM/yyyy HH:mm"),
                edit(
                        "pseudonym of a date",
                        FEED,
                        "pattern: dd/MM/yyyy, required: true, privacy: not_personal",
                        "pattern: dd/MM/yyyy, required: true, privacy: pseudonymise",
                        "feeds/devices.yml:12: columns[2].privacy: only text can be pseudonymised, and the type is date; make the type text, or leave the column out by naming its header in ignored",
                        "rules/devices.yml:6: rules[0].message: shows 'received_on', which is personal; take {received_on} out of the message"));
    }
}
