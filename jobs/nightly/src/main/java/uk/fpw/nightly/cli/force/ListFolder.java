package uk.fpw.nightly.cli.force;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uk.fpw.nightly.cli.option.ScratchFolder;
import uk.fpw.profile.ForceDraft;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.yaml.ForceFolderException;

/** Writes the force folder that is drafted from a list: all of it, or nothing. */
final class ListFolder {

    /** A comment's first part that asks for a decision, after the column it is about, if it is about one. */
    private static final Pattern DECISION =
            Pattern.compile("(?: +- \\{name: (\\w+).*)?.*?(?:# |; )([^;#]*(?:AMBIGUOUS|DECIDE): [^;]*).*");

    private static final String README = """
            # A force folder

            Drafted by `fpw init` from the list `drop/%s`. `docs/force-folder.md` of the Force Performance Warehouse \
            explains each file. Lines with DECIDE were guessed: read them, change what is wrong, and remove the mark.
            `fpw check` lists every error while you change it. Nothing in the other files is secret; the list is: keep \
            it out of version control, and do not store passwords or keys here.
            """;

    private final Path list;
    private final ForceDraft draft;
    private final Map<String, String> files = new LinkedHashMap<>();

    /**
     * A folder that is not written yet.
     *
     * @param forceFile text of its {@code force.yml}
     */
    ListFolder(Path list, ForceDraft draft, String forceFile) {
        this.list = list;
        this.draft = draft;
        files.put("force.yml", forceFile);
        files.put("connections.yml", InitCommand.resource("connections.yml"));
        files.putAll(draft.files());
        files.put("README.md", README.formatted(list.getFileName()));
    }

    /**
     * Writes it beside its place, checks it and moves it there.
     *
     * @param target does not exist, or is an empty folder, which keeps its permissions
     */
    void write(Path target) throws IOException {
        Path beside = Files.createDirectories(target.getParent());
        Path written = Files.createTempDirectory(beside, ".fpw-init-");
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = written.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            Path drop = Files.createDirectory(written.resolve("drop"));
            Path copy = Files.copy(list, drop.resolve(list.getFileName()));
            if (Files.getFileAttributeView(copy, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
            }
            check(written);
            move(written, target);
        } finally {
            if (Files.exists(written)) {
                ScratchFolder.delete(written);
            }
        }
    }

    private void check(Path written) {
        try {
            ForceFolder.read(written);
        } catch (ForceFolderException invalid) {
            throw FpwException.configuration(
                    list + ": no valid folder can be drafted of it, so nothing was written; rename the file or the "
                            + "columns that are named, or start from 'fpw init' without a list. Of the draft, "
                            + invalid.getMessage(),
                    invalid);
        }
    }

    private static void move(Path written, Path target) throws IOException {
        if (!Files.exists(target)) {
            Files.move(written, target);
            return;
        }
        List<Path> parts;
        try (Stream<Path> found = Files.list(written)) {
            parts = found.toList();
        }
        for (Path part : parts) {
            Files.move(part, target.resolve(part.getFileName()));
        }
    }

    /** Where something was guessed: file, line and what. */
    List<String> decisions() {
        List<String> found = new ArrayList<>();
        draft.files().forEach((file, text) -> {
            List<String> lines = text.lines().toList();
            for (int line = 0; line < lines.size(); line++) {
                Matcher decision = DECISION.matcher(lines.get(line));
                if (decision.matches()) {
                    found.add(file + ":" + (line + 1) + ": "
                            + (decision.group(1) == null ? "" : decision.group(1) + ": ")
                            + decision.group(2).replace("DECIDE: ", ""));
                }
            }
        });
        return found;
    }
}
