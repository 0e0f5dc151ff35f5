package uk.fpw.nightly;

import picocli.CommandLine.IVersionProvider;

/** The version of the software, from the manifest of its jar. */
public final class FpwVersion implements IVersionProvider {

    /** The version, or {@code development} where there is no jar. */
    public static String text() {
        String version = FpwVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"fpw " + text()};
    }
}
