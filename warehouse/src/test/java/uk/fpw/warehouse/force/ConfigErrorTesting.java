package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.io.TempDir;

/** Errors introduced into the small folder, each with the complete message. */
abstract class ConfigErrorTesting {

    static final String FORCE = "force.yml";
    static final String CONNECTIONS = "connections.yml";
    static final String FEED = "feeds/devices.yml";
    static final String STAGING = "staging/device_events.yml";
    static final String SQL = "staging/device_events.sql";
    static final String QUEUE = "queues/awaiting_examination.yml";
    static final String RULES = "rules/devices.yml";

    @TempDir
    private Path temp;

    /** An edit of the small folder, with the resulting messages. */
    DynamicTest edit(String name, String file, String text, String by, String... messages) {
        return test(name, folder -> folder.edit(file, text, by), messages);
    }

    DynamicTest test(String name, Consumer<TinyFolder> change, String... messages) {
        return DynamicTest.dynamicTest(name, () -> {
            TinyFolder folder = new TinyFolder(temp.resolve(name.replaceAll("[^a-z]", "_")));
            change.accept(folder);
            assertThat(ForceFolderTest.errorsOf(folder.path())).containsExactly(messages);
        });
    }
}
