package uk.fpw.ingest.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;

/** An error-free force folder with the single feed of a test. */
final class SmallForce {

    private final Path folder;

    SmallForce(Path folder) throws IOException {
        this.folder = folder;
        write("force.yml", "force: tiny\nname: Tiny\nzone: Europe/London\nstorage:\n  warehouse: ../warehouse\n");
        write("connections.yml", "connections:\n  - {name: drop, kind: files, path: drop}\n");
        write("staging/device_events.yml", """
                staging: device_events
                source: lab
                item_kind: device
                feeds: [devices]
                events: [received, examined]
                attributes: []
                """);
        write("staging/device_events.sql", """
                select device_id as item_key, 'received' as event, date '2026-01-01' as occurred_on, 1 as event_order \
                from devices
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
                slices: []
                """);
    }

    /**
     * Reads the folder.
     *
     * @param file file of the feed
     * @param format line 5 of the feed's definition; empty for none
     */
    Force read(String file, String format) throws IOException {
        write("feeds/devices.yml", """
                feed: devices
                source: lab
                description: One row per device.
                connection: drop
                FORMAT
                file: FILE
                extract: full
                key: [device_id]
                item: device_id
                columns:
                  - {name: device_id, from: Device, type: text, privacy: not_personal}
                """.replace("FORMAT", format).replace("FILE", file));
        return ForceFolder.read(folder);
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
