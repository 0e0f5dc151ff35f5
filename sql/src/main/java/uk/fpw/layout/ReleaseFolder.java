package uk.fpw.layout;

import java.nio.file.Path;

/** The folder of one release, with everything that readers without a database need to know about it. */
public record ReleaseFolder(Path path) {

    /** Lists the tables and their files; a folder without it is not a release. */
    public Path releaseFile() {
        return path.resolve("release.json");
    }

    /**
     * Replaces {@link #releaseFile} once the database is switched to rewritten tables; exists only while keys are being
     * replaced or rows erased.
     */
    public Path rekeyedFile() {
        return path.resolve("release.json.rekeyed");
    }

    /** When, by whom and why the release was withdrawn; missing if it was not withdrawn. */
    public Path withdrawalMark() {
        return path.resolve("withdrawn.json");
    }

    /** Text file with the name under which the release is pinned; missing if it is not pinned by name. */
    public Path nameFile() {
        return path.resolve("name");
    }
}
