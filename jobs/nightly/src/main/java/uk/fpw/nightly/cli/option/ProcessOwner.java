package uk.fpw.nightly.cli.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import uk.fpw.warehouse.failure.FpwException;

/**
 * The account that this process runs under, according to the operating system. The property {@code user.name} is not
 * used, because whoever starts Java can set it.
 */
public final class ProcessOwner {

    private static final Path SELF = Path.of("/proc/self");

    /** The login uid that Linux gives a process without a login. */
    private static final long NO_LOGIN = 0xFFFF_FFFFL;

    private ProcessOwner() {}

    /**
     * The name of the account; its number, such as {@code uid 1001}, if the system has no name for it.
     *
     * @throws FpwException with {@code CONFIGURATION} if the system has neither
     */
    public static String name() {
        return ProcessHandle.current()
                .info()
                .user()
                .filter(name -> !name.isBlank())
                .or(() -> uid(SELF).map(uid -> "uid " + uid))
                .orElseThrow(() -> FpwException.configuration(
                        "the operating system does not say which account runs this process, and it has to be on "
                                + "record; run this under an account that the system knows"));
    }

    /**
     * The same, with the account that logged in if it is another one and the system records it, such as
     * {@code fpw (login uid 1001)}: after {@code sudo} or {@code su}.
     */
    public static String nameWithLogin() {
        return withLogin(name(), SELF);
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
