package uk.fpw.warehouse.force.connection;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables that a force folder may name for passwords. The value is sent to a host that is also named in
 * the folder, so other variables must be out of reach, such as the pseudonym key and secrets of other programs.
 */
public final class PasswordVariable {

    /** Name pattern of password variables; also in the schemas of force.yml and connections.yml. */
    public static final Pattern NAME = Pattern.compile("FPW_([A-Z0-9_]+_)?PASSWORD");

    private PasswordVariable() {}

    /**
     * What is wrong with a variable, as the end of a sentence; null if it may be read. Also for folders that have not
     * been checked.
     */
    public static @Nullable String problem(String variable) {
        return variable.isEmpty() || NAME.matcher(variable).matches()
                ? null
                : "is not a valid name for a password variable; name it FPW_..._PASSWORD, "
                        + "such as FPW_DFU_PASSWORD, both in the force folder and in the environment";
    }
}
