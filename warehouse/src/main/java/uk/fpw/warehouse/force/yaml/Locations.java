package uk.fpw.warehouse.force.yaml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Folders as definitions write them: paths of this machine, and no URLs. */
public final class Locations {

    /** What to do about a URL where a folder is asked for. */
    public static final String NAME_A_FOLDER = "use a folder path; remote storage can be mounted";

    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:");

    private Locations() {}

    /** The scheme of a text that is a URL and not a path, such as {@code s3a:}; null if it has none. */
    public static @Nullable String scheme(String text) {
        Matcher scheme = SCHEME.matcher(text);
        return scheme.find() ? scheme.group() : null;
    }

    /** What is wrong with a location of that scheme. */
    public static String elsewhere(String scheme) {
        return "is a URL that starts with " + scheme + ", but only local folders can be used";
    }
}
