package uk.fpw.warehouse.force.connection;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables that a force folder may name for a password. The value of such a variable is sent to a host
 * that is also named in the folder, so the folder must not use any other variable: neither the pseudonym key nor
 * secrets of other programs.
 */
public final class PasswordVariable {

    /** Name pattern of a password variable; the same pattern is in the schemas of force.yml and connections.yml. */
    public static final Pattern NAME = Pattern.compile("FPW_([A-Z0-9_]+_)?PASSWORD");

    private PasswordVariable() {}

    /**
     * What is wrong with a variable, as the end of a sentence; null if it may be read. The folder may not have been
     * checked.
     */
    public static @Nullable String problem(String variable) {
        return variable.isEmpty() || NAME.matcher(variable).matches()
                ? null
                : "is not a valid name for a password variable; name it FPW_..._PASSWORD, "
                        + "such as FPW_DFU_PASSWORD, both in the force folder and in the environment";
    }
}
