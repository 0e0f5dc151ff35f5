package uk.fpw.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Profiles of files. Every person in them is invented. */
abstract class ProfilerTesting {

    @TempDir
    Path folder;

    FeedDraft draft(String name, String content) {
        return new FeedDraft(profile(name, content), null, "drop");
    }

    SourceProfile profile(String name, String content) {
        try {
            Path file = Files.writeString(folder.resolve(name), content);
            return Profiler.profile(ProfiledSource.of(file, false), folder, rows -> {});
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
