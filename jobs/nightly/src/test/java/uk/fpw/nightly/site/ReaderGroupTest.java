package uk.fpw.nightly.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What prevents a group from reading the pages, and the commands that change it. */
class ReaderGroupTest {

    @TempDir
    private Path folder;

    private Path warehouse;
    private String owner;
    private String own;

    @BeforeEach
    void warehouse() throws IOException {
        warehouse = Files.createDirectory(folder.toRealPath().resolve("it's"));
        owner = Files.getOwner(warehouse).getName();
        own = GroupMember.ofOwnGroup(warehouse).group();
        modes(folder, "rwxr-xr-x");
        modes(warehouse, "rwxr-x---");
    }

    @Test
    void groupOfTheFolderItselfCanReadPages() {
        assertThat(problems(own, true, true)).isEmpty();
    }

    @Test
    void unknownGroupIsToBeCreated() throws IOException {
        modes(warehouse, "rwxr-xr-x");
        assertThat(problems("no readers", false, false))
                .containsExactly(
                        "there is no group no readers on this machine; as root: groupadd 'no readers' && usermod -aG "
                                + "'no readers' night, then log in again, and restart what runs fpw");
    }

    @Test
    void userWhoIsNoMemberMustBecomeOne() {
        assertThat(problems(own, true, false))
                .containsExactly(
                        "the user night is not a member of " + own + ", or logged in before it became one, so it may "
                                + "not give files to the group; as root: usermod -aG " + own
                                + " night, then log in again, and restart what runs fpw");
    }

    @Test
    void eachFolderOnTheWayThatMembersCannotEnterIsNamed() throws IOException {
        modes(folder, "rwxr-x---");
        Path real = folder.toRealPath();
        String quoted = "'" + real + "/it'\\''s'";
        assertThat(problems("readers", true, true))
                .containsExactly(
                        "members of readers cannot enter " + real + " (rwxr-x---, group " + own + "); as " + owner
                                + " or root: chgrp readers " + real + " && chmod g=x " + real,
                        "members of readers cannot enter " + warehouse + " (rwxr-x---, group " + own + "); as " + owner
                                + " or root: chgrp readers " + quoted + " && chmod g=x " + quoted);
        modes(folder, "rwxr-xr-x");
        modes(warehouse, "rwx------");
        assertThat(problems(own, true, true))
                .containsExactly("members of " + own + " cannot enter " + warehouse + " (rwx------, group " + own
                        + "); as " + owner + " or root: chmod g+x " + quoted);
    }

    @Test
    void folderThatGivesItsGroupToAllThatIsWrittenToItIsRefused() throws IOException {
        Files.setAttribute(warehouse, "unix:mode", 02750);
        assertThat(problems(own, true, true))
                .containsExactly("whatever is written to " + warehouse + " belongs to its group; chmod g-s '"
                        + warehouse.toString().replace("'", "'\\''") + "'");
    }

    @Test
    void thisMachineIsAskedByGivingAFileAway() throws IOException {
        String given = GroupMember.ofOtherGroup(warehouse).group();
        modes(warehouse, "rwxr-xr-x");
        assertThat(ReaderGroup.of(given, warehouse).problems()).isEmpty();
        assertThat(ReaderGroup.of("no-such-group", warehouse).problems())
                .singleElement()
                .asString()
                .startsWith(
                        "there is no group no-such-group on this machine; as root: groupadd no-such-group && usermod "
                                + "-aG no-such-group " + owner + ",");
        assertThat(warehouse).isEmptyDirectory();
    }

    private List<String> problems(String group, boolean isThere, boolean isMember) {
        return new ReaderGroup(group, warehouse, new ReaderGroup.Machine() {
                    @Override
                    public boolean hasGroup(String name) {
                        return isThere;
                    }

                    @Override
                    public boolean mayGive(Path folder, String name) {
                        return isMember;
                    }

                    @Override
                    public String user() {
                        return "night";
                    }
                })
                .problems();
    }

    private static void modes(Path path, String modes) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(modes));
    }
}
