package uk.fpw.warehouse.force;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small, error-free force folder, for tests to introduce errors. */
final class TinyFolder {

    private final Path folder;

    TinyFolder(Path folder) {
        this.folder = folder;
        write("force.yml", """
                force: tiny
                name: Tiny Police
                zone: Europe/London
                storage:
                  warehouse: ../warehouse
                """);
        write("connections.yml", """
                connections:
                  - {name: drop, kind: files, path: drop}
                """);
        write("feeds/devices.yml", """
                feed: devices
                source: lab
                description: One row per device.
                connection: drop
                file: devices_{date}.csv
                extract: full
                key: [device_id]
                item: device_id
                columns:
                  - {name: device_id, from: Device, type: text, privacy: pseudonymise}
                  - {name: device_type, from: Type, type: text, privacy: not_personal}
                  - {name: received_on, from: Received, type: date, pattern: dd/MM/yyyy, required: true, privacy: \
                not_personal}
                  - {name: examined_on, from: Examined, type: date, pattern: dd/MM/yyyy, privacy: not_personal}
                ignored: [Officer]
                """);
        write("staging/device_events.yml", """
                staging: device_events
                source: lab
                item_kind: device
                feeds: [devices]
                events: [received, examined]
                attributes: [device_type]
                """);
        write("staging/device_events.sql", """
                -- One event per date; the semicolon in 'a;b' and in this comment ; does no harm.
                select device_id as item_key, 'received' as event, received_on as occurred_on, 1 as event_order, \
                device_type from devices
                union all
                select device_id, 'examined', examined_on, 2, device_type from devices where examined_on is not null \
                and device_type <> 'a;b'
                """);
        write("queues/awaiting_examination.yml", """
                queue: awaiting_examination
                version: 1
                title: Devices awaiting examination
                description: Devices from receipt to examination.
                item_kind: device
                item_unit: devices
                enters: [received]
                leaves:
                  - {event: examined, as: examined, served: true}
                slices: [device_type]
                age_bands: [30, 90]
                """);
        write("rules/devices.yml", """
                feed: devices
                rules:
                  - code: EXAMINED_BEFORE_RECEIVED
                    severity: exclude
                    expression: examined_on is null or examined_on >= received_on
                    message: "examined_on {examined_on} is before received_on {received_on}"
                """);
    }

    Path path() {
        return folder;
    }

    TinyFolder write(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    TinyFolder delete(String file) {
        try {
            Files.delete(folder.resolve(file));
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Replaces a text that occurs exactly once. */
    TinyFolder edit(String file, String text, String by) {
        try {
            String content = Files.readString(folder.resolve(file));
            if (content.indexOf(text) < 0 || content.indexOf(text) != content.lastIndexOf(text)) {
                throw new IllegalArgumentException(file + " does not hold '" + text + "' exactly once");
            }
            return write(file, content.replace(text, by));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Force read() {
        return ForceFolder.read(folder);
    }
}
