package uk.fpw.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The account that this process runs under, according to the operating system. The property {@code user.name} is not
 * used, because whoever starts Java can set it.
 */
public final class ProcessAccount {

    private static final Path SELF = Path.of("/proc/self");

    /** The login uid that Linux gives a process without a login. */
    private static final long NO_LOGIN = 0xFFFF_FFFFL;

    /** Why nothing that has to be on record can be done if the system knows no account. */
    public static final String UNKNOWN =
            "the operating system does not say which account runs this process, and it has "
                    + "to be on record; run this under an account that the system knows";

    private ProcessAccount() {}

    /** The name of the account; its number, such as {@code uid 1001}, if the system has no name for it; or empty. */
    public static Optional<String> name() {
        return ProcessHandle.current()
                .info()
                .user()
                .filter(name -> !name.isBlank())
                .or(() -> uid(SELF).map(uid -> "uid " + uid));
    }

    /**
     * The same, with the account that logged in if it is another one and the system records it, such as
     * {@code fpw (login uid 1001)}: after {@code sudo} or {@code su}.
     */
    public static Optional<String> nameWithLogin() {
        return name().map(name -> withLogin(name, SELF));
    }

    /**
     * Adds the login uid.
     *
     * @param process folder of the process in {@code /proc}
     */
    static String withLogin(String owner, Path process) {
        try {
            long login =
                    Long.parseLong(Files.readString(process.resolve("loginuid")).strip());
            boolean isOther = login != NO_LOGIN
                    && uid(process).filter(uid -> uid != login).isPresent();
            return isOther ? owner + " (login uid " + login + ")" : owner;
        } catch (IOException | NumberFormatException notKept) {
            return owner;
        }
    }

    private static Optional<Long> uid(Path process) {
        try {
            return Files.getAttribute(process, "unix:uid") instanceof Number uid
                    ? Optional.of(uid.longValue())
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException notKept) {
            return Optional.empty();
        }
    }
}
