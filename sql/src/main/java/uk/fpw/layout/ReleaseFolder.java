package uk.fpw.layout;

import java.nio.file.Path;

/** The folder of one release, with what readers without a database need to know of it. */
public record ReleaseFolder(Path path) {

    /** Its tables and their files; a folder without it is no release. */
    public Path releaseFile() {
        return path.resolve("release.json");
    }

    /** What {@link #releaseFile} is replaced by once the database has other keys; missing at all other times. */
    public Path rekeyedFile() {
        return path.resolve("release.json.rekeyed");
    }

    /** When, by whom and why the release was withdrawn; missing if it was not. */
    public Path withdrawalMark() {
        return path.resolve("withdrawn.json");
    }

    /** Text file with the name under which the release is kept; missing if it has none. */
    public Path nameFile() {
        return path.resolve("name");
    }
}
