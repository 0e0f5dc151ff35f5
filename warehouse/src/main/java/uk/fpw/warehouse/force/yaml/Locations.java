package uk.fpw.warehouse.force.yaml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Folder paths in definitions, which must be local paths and not URLs. */
public final class Locations {

    /** The fix for a URL in place of a folder. */
    public static final String NAME_A_FOLDER = "use a folder path; remote storage can be mounted";

    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:");

    private Locations() {}

    /** The scheme of a URL, such as {@code s3a:}; null if the text is a path. */
    public static @Nullable String scheme(String text) {
        Matcher scheme = SCHEME.matcher(text);
        return scheme.find() ? scheme.group() : null;
    }

    /** What is wrong with a URL of that scheme. */
    public static String elsewhere(String scheme) {
        return "is a URL that starts with " + scheme + ", but only local folders can be used";
    }
}
