package uk.fpw.warehouse.force.connection;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables that a force folder may name for a password. What such a variable holds is sent to a host that
 * the folder names as well, so the folder may not name any other: neither the pseudonym key nor what the environment
 * holds for other programs.
 */
public final class PasswordVariable {

    /** How a password's variable is called; the same pattern stands in the schemas of force.yml and connections.yml. */
    public static final Pattern NAME = Pattern.compile("FPW_([A-Z0-9_]+_)?PASSWORD");

    private PasswordVariable() {}

    /**
     * What is wrong with a variable, as the end of a sentence; null if it may be read. The folder may not have been
     * checked.
     */
    public static @Nullable String problem(String variable) {
        return variable.isEmpty() || NAME.matcher(variable).matches()
                ? null
                : "names a variable that is not one for passwords; call it FPW_..._PASSWORD, such as "
                        + "FPW_DFU_PASSWORD, in the folder and in the environment";
    }
}
