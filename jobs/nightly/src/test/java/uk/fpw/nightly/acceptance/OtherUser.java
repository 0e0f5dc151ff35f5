package uk.fpw.nightly.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/**
 * Another user of this machine, as whom root can start processes; without root it is this user, which the output of the
 * test says.
 *
 * @param command what a command begins with to run as that user; empty if it is this user
 * @param describe the end of a sentence about it
 */
record OtherUser(List<String> command, String describe) {

    /** This user. */
    static final OtherUser NONE = new OtherUser(List.of(), "run as this user");

    private static final String NAME = "nobody";
    private static final List<String> COMMAND =
            List.of("setpriv", "--reuid=" + NAME, "--regid=65534", "--clear-groups", "--no-new-privs");

    /**
     * The other user, if this one may start processes as him and he can read a folder and this Java.
     *
     * @param folder a folder that he needs to read
     */
    static OtherUser ofThisMachine(Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(COMMAND);
        command.addAll(List.of(
                "test",
                "-r",
                folder.toString(),
                "-a",
                "-r",
                System.getProperty("fpw.dist"),
                "-a",
                "-x",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() == 0) {
                return new OtherUser(COMMAND, "run as " + NAME);
            }
        } catch (IOException noSuchCommand) {
            return new OtherUser(List.of(), "run as this user, since this machine has no setpriv");
        }
        return new OtherUser(
                List.of(), "run as this user, who may not start them as " + NAME + " or has folders closed to him");
    }

    /** Gives files to the user. */
    void own(List<Path> files) throws IOException {
        if (!command.isEmpty()) {
            for (Path file : files) {
                UserPrincipal owner =
                        file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NAME);
                Files.setOwner(file, owner);
            }
        }
    }
}
