package uk.fpw.nightly.cli.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.IVersionProvider;

/** The version of the software, from the manifest of its jar. */
public final class FpwVersion implements IVersionProvider {

    /** File next to {@code lib} in an installation: the commit that its archive was made from. */
    private static final String COMMIT_FILE = "COMMIT";

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}(-modified)?");

    /** The version; {@code development} if there is no jar. */
    public static String text() {
        String version = FpwVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"fpw " + text() + commit(Path.of(System.getProperty("fpw.home", "")))};
    }

    /** The commit in brackets; empty if unknown, as in a checkout. */
    static String commit(Path home) {
        try {
            String commit = Files.readString(home.resolve(COMMIT_FILE)).strip();
            return COMMIT.matcher(commit).matches() ? " (commit " + commit + ")" : "";
        } catch (IOException absent) {
            return "";
        }
    }
}
