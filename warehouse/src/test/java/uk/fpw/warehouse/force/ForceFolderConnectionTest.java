package uk.fpw.warehouse.force;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Errors in the definitions of a force and its connections. */
class ForceFolderConnectionTest extends ConfigErrorTesting {

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
                        "force.yml:5: storage.warehouse: 'feeds/warehouse' is a folder of definitions; use "
                                + "a separate folder, such as ../var/warehouse"),
                edit(
                        "password in the database URL, which the message does not repeat",
                        FORCE,
                        "  warehouse: ../warehouse",
                        "  warehouse: ../warehouse\n  database: jdbc:postgresql://db/fpw?password=hunter2\n  user: "
                                + "fpw\n  password_variable: FPW_PASSWORD",
                        "force.yml:6: storage.database: contains a user or a password; remove them from the "
                                + "URL; put the user in storage.user and the environment variable with "
                                + "the password in storage.password_variable"),
                edit(
                        "database that is no JDBC URL, which may hold a password and is not repeated",
                        FORCE,
                        "  warehouse: ../warehouse",
                        "  warehouse: ../warehouse\n  database: postgresql://fpw:hunter2@db/fpw\n  user: fpw\n  "
                                + "password_variable: FPW_PASSWORD",
                        "force.yml:6: storage.database: the value is not a JDBC URL that "
                                + "starts with jdbc:postgresql: or jdbc:h2:; change it",
                        "force.yml:6: storage.database: contains a user or a password; remove them from the "
                                + "URL; put the user in storage.user and the environment variable with "
                                + "the password in storage.password_variable"),
                edit(
                        "warehouse that would set the embedded database",
                        FORCE,
                        "../warehouse",
                        "/var/x;INIT=DROP ALL OBJECTS",
                        "force.yml:5: storage.warehouse: the path /var/x;INIT=DROP ALL OBJECTS contains ';', "
                                + "which starts the settings in the URL of the embedded database; choose a path "
                                + "without it"),
                edit(
                        "warehouse in the cloud",
                        FORCE,
                        "../warehouse",
                        "s3a://bucket/warehouse",
                        "force.yml:5: storage.warehouse: is a URL that starts with s3a:, but only "
                                + "local folders can be used; use a folder path; remote "
                                + "storage can be mounted"),
                edit(
                        "files in the cloud",
                        CONNECTIONS,
                        "path: drop}",
                        "path: 'hdfs://host/drop'}",
                        "connections.yml:2: connections[0].path: is a URL that starts with hdfs:, but "
                                + "only local folders can be used; use a folder path; "
                                + "remote storage can be mounted"),
                edit(
                        "database that would run a script when it is opened",
                        FORCE,
                        "  warehouse: ../warehouse",
                        "  warehouse: ../warehouse\n  database: jdbc:h2:file:/tmp/x;INIT=RUNSCRIPT FROM "
                                + "'/tmp/hunter2.sql'\n  user: fpw\n  password_variable: FPW_PASSWORD",
                        "force.yml:6: storage.database: has the setting 'INIT', which a force folder may not set; "
                                + "remove it; allowed settings are MODE, DATABASE_TO_LOWER, DATABASE_TO_UPPER, "
                                + "CASE_INSENSITIVE_IDENTIFIERS, DEFAULT_NULL_ORDERING, AUTO_SERVER, "
                                + "WRITE_DELAY, CACHE_SIZE, LOCK_TIMEOUT"),
                edit(
                        "database in memory",
                        FORCE,
                        "  warehouse: ../warehouse",
                        "  warehouse: ../warehouse\n  database: jdbc:h2:mem:x\n  user: fpw\n  password_variable: "
                                + "FPW_PASSWORD",
                        "force.yml:6: storage.database: is not a URL of the form "
                                + "jdbc:h2:file:/path/of/database; use this form"),
                edit(
                        "connection twice",
                        CONNECTIONS,
                        "path: drop}",
                        "path: drop}\n  - {name: drop, kind: files, path: other}",
                        "connections.yml:3: connections[1].name: 'drop' already exists as connections[0].name in "
                                + "line 2; each may occur only once"),
                edit(
                        "path with a NUL character",
                        CONNECTIONS,
                        "path: drop}",
                        "path: \"dr\\0op\"}",
                        "connections.yml:2: connections[0].path: contains a character that is not allowed in a path; "
                                + "name a "
                                + "folder"),
                edit(
                        "warehouse in the force folder itself",
                        FORCE,
                        "../warehouse",
                        ".",
                        "force.yml:5: storage.warehouse: '.' is a folder of definitions; use a separate "
                                + "folder, such as ../var/warehouse"),
                edit(
                        "unknown kind of connection",
                        CONNECTIONS,
                        "kind: files",
                        "kind: file",
                        "connections.yml:2: connections[0].kind: 'file' is not one of files, jdbc; did you mean "
                                + "'files'?"));
    }
}
