package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.site.GroupMember;

/** Readers of a warehouse with pages of an earlier version, until somebody confirms who may read the exact ones. */
@Tag("thorough")
class PageReadersIT {

    @TempDir
    private static Path folder;

    @Test
    void readersReadNothingNewUntilTheirGroupIsConfirmed() throws Exception {
        Installation fpw = Installation.here(folder);
        TrialForce trial = KeptNights.first(fpw, folder).edit("force.yml", "made: false", "made: true");
        String force = trial.folder().toString();
        Path warehouse = trial.warehouse();
        Path site = warehouse.resolve("site");
        fpw.succeed("report", "--force", force);
        makeEarlier(site.toRealPath());
        GroupMember before = GroupMember.ofOwnGroup(folder);
        GroupMember reader = GroupMember.ofOtherGroup(folder);
        Map<String, String> earlier = pages(before, warehouse);
        assertThat(earlier).hasSizeGreaterThan(10);
        assertThat(fpw.succeed("status", "--force", force).out())
                .contains("\nPages\n  for readers: " + site + ", of release 2025-03-01.1, made by an earlier version\n")
                .contains("\n  new pages are not shown to readers, because no group of readers is named; write "
                        + "'inside_readers: GROUP' to /etc/fpw/installation.yml, then run ");

        // upgraded: new pages are for this user, and the earlier ones say so
        assertThat(fpw.succeed("report", "--force", force).out())
                .startsWith("The pages are in " + warehouse.resolve("site-private/index.html")
                        + "\nThey are only for this user, because no group of readers is named; ");
        Map<String, String> marked = new TreeMap<>();
        earlier.forEach((page, text) -> marked.put(page, text.replace("</header>\n", "</header>\n" + line(site))));
        assertThat(pages(before, warehouse)).isEqualTo(marked);
        assertThat(warehouse.resolve("site-private/index.html"))
                .content()
                .contains("the user of the nightly run")
                .doesNotContain("members of the group");
        assertThat(fpw.succeed("check", "--quick", "--force", force).out())
                .contains("\nnew pages are only for the user of the runs, because no group of readers is named; ");

        // named, and not confirmed
        Path settings =
                Files.writeString(folder.resolve("installation.yml"), "inside_readers: " + reader.group() + "\n");
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r--r--"));
        fpw.set("FPW_INSTALLATION", settings.toString());
        String notConfirmed = "the group " + reader.group() + ", which " + settings + " names, is not confirmed; run ";
        assertThat(fpw.succeed("report", "--force", force).out()).contains(", because " + notConfirmed);
        assertThat(fpw.succeed("status", "--force", force).out())
                .contains("\nPages\n  only for the user "
                        + Files.getOwner(warehouse).getName() + ": "
                        + warehouse.resolve("site-private") + ", of release 2025-03-01.1\n  for readers: " + site
                        + ", of release 2025-03-01.1, made by an earlier version and not renewed\n"
                        + "  new pages are not shown to readers, because " + notConfirmed);
        assertThat(pages(before, warehouse)).isEqualTo(marked);

        // confirmed, after the commands that it asks for
        Files.setPosixFilePermissions(warehouse, PosixFilePermissions.fromString("rwx------"));
        Installation.Outcome refused = confirm(fpw, force);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .startsWith("fpw: the group " + reader.group() + " could not read the pages; nothing was recorded:\n");
        List<String> commands = refused.err()
                .lines()
                .filter(line -> line.contains(" or root: "))
                .map(line -> line.replaceFirst(".* or root: ", ""))
                .toList();
        assertThat(commands).isNotEmpty();
        for (String command : commands) {
            assertThat(new ProcessBuilder("bash", "-c", command)
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
        }
        Installation.Outcome confirmed = confirm(fpw, force);
        assertThat(confirmed.exitCode()).as(confirmed.toString()).isZero();
        assertThat(confirmed.out())
                .isEqualTo("The group " + reader.group() + " may read the pages from now on.\n"
                        + "The pages of release 2025-03-01.1 are in " + site.resolve("index.html") + "\n");
        assertThat(pages(reader, warehouse)).isEqualTo(inside(site.toRealPath()));
        assertThat(site.resolve("index.html"))
                .content()
                .contains("members of the group " + reader.group())
                .doesNotContain("the user of the nightly run");
        assertThat(warehouse.resolve("site-private")).doesNotExist();
        assertThat(confirm(fpw, force).out())
                .startsWith("The group " + reader.group() + " was already confirmed; nothing was recorded.\n");
        assertThat(fpw.succeed("status", "--force", force).out())
                .contains("\nPages\n  for the group " + reader.group() + ": " + site + ", of release 2025-03-01.1\n");
        assertThat(fpw.succeed("check", "--quick", "--force", force).out()).doesNotContain("new pages");

        // another group in the file is not confirmed
        Files.writeString(settings, "inside_readers: " + reader.group() + "-2\n");
        assertThat(fpw.succeed("readers", "--force", force).out())
                .startsWith("No readers, because the group " + reader.group() + "-2, which " + settings
                        + " names, is not confirmed (" + reader.group() + " is); run ");
        fpw.succeed("report", "--force", force);
        assertThat(pages(reader, warehouse)).isEmpty();
        Files.writeString(settings, "inside_readers: " + reader.group() + "\n");
        fpw.succeed("report", "--force", force);
        assertThat(pages(reader, warehouse)).isEqualTo(inside(site.toRealPath()));

        // withdrawn
        assertThat(fpw.succeed("readers", "--withdraw", "--reason", "project ended", "--force", force)
                        .out())
                .isEqualTo("The group " + reader.group() + " may not read the pages any more.\n"
                        + "The pages of release 2025-03-01.1 are in " + site.resolve("index.html") + "\n");
        assertThat(pages(reader, warehouse)).isEmpty();
        assertThat(fpw.succeed("readers", "--force", force).out())
                .containsPattern(
                        "\n {2}[0-9: -]{16}  " + reader.group() + " withdrawn by .*: project ended\n {2}[0-9: -]{16}  "
                                + reader.group() + " confirmed by .*: agreed with the owner of the data\n$");

        // an error in the file stops a run before it writes anything
        Files.writeString(settings, "inside_reader: x\n");
        Installation.Outcome wrong = fpw.run("nightly", "--force", force, "--date", "2025-03-02");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err())
                .isEqualTo("fpw: " + settings
                        + ":1: inside_reader: is not a valid field here; did you mean 'inside_readers'?\n");
        assertThat(fpw.succeed("status", "--force", force).out())
                .contains("\nPages\n  cannot be made: " + settings + ":1: ");
    }

    private static Installation.Outcome confirm(Installation fpw, String force) {
        return fpw.run("readers", "--confirm", "--reason", "agreed with the owner of the data", "--force", force);
    }

    /** Changes pages to those of an earlier version, which recorded nothing about readers and hid small counts. */
    private static void makeEarlier(Path pages) throws IOException {
        Files.delete(pages.resolve(".audience"));
        for (Path path : tree(pages)) {
            boolean isRestricted = path.startsWith(pages.resolve("restricted"));
            boolean isFolder = Files.isDirectory(path);
            Files.setPosixFilePermissions(
                    path,
                    PosixFilePermissions.fromString(
                            (isFolder ? "rwx" : "rw-") + (isRestricted ? "---" : isFolder ? "r-x" : "r--") + "---"));
            if (path.toString().endsWith(".html")) {
                Files.writeString(path, Files.readString(path).replace("<h1>", "<h1>Fewer than 5: "));
            }
        }
    }

    /** The line that earlier pages get, as it is on the first one. */
    private static String line(Path site) {
        try {
            String page = Files.readString(site.resolve("index.html"));
            int end = page.indexOf("</header>\n") + "</header>\n".length();
            String line = page.substring(end, page.indexOf('\n', end) + 1);
            assertThat(line).contains("made by an earlier version of the software and is no longer renewed");
            return line;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The pages that somebody reads below the warehouse, by their path in the folder of pages. */
    private static Map<String, String> pages(GroupMember somebody, Path warehouse) throws IOException {
        Map<String, String> pages = new TreeMap<>();
        somebody.reads(warehouse).forEach((file, text) -> {
            if (file.startsWith("sites/") && !file.endsWith("/.audience")) {
                assertThat(pages.put(file.replaceFirst("^sites/[^/]*/", ""), text))
                        .isNull();
            }
        });
        return pages;
    }

    /** All pages of a folder, except those of single cases. */
    private static Map<String, String> inside(Path pages) throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (Path path : tree(pages)) {
            String name = pages.relativize(path).toString();
            if (Files.isRegularFile(path) && !name.startsWith("restricted/") && !name.equals(".audience")) {
                found.put(name, Files.readString(path, StandardCharsets.ISO_8859_1));
            }
        }
        return found;
    }

    private static List<Path> tree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList();
        }
    }
}
