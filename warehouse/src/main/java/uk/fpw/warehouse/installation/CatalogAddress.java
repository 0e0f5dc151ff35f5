package uk.fpw.warehouse.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.privacy.FilePermissions;

/**
 * Where {@code fpw catalog} is served to other machines.
 *
 * @param address host name or address of this machine
 * @param port null for the usual one
 * @param certificate PEM file with the certificate, and those that sign it
 * @param key PEM file with its private key
 * @param tokenFile file with the token that readers send; null if the environment has it
 */
public record CatalogAddress(
        String address,
        @Nullable Integer port,
        Path certificate,
        Path key,
        @Nullable Path tokenFile) {

    /** Environment variable with the token; replaces that of the file. */
    public static final String TOKEN_VARIABLE = "FPW_CATALOG_TOKEN";

    private static final int SHORTEST_TOKEN = 32;

    /**
     * The token of an environment; null if it has none.
     *
     * @throws FpwException with {@code CONFIGURATION} if it is shorter than 32 characters
     */
    public static @Nullable String token(Map<String, String> environment) {
        String variable = environment.getOrDefault(TOKEN_VARIABLE, "").strip();
        return variable.isEmpty() ? null : requireLong(variable, TOKEN_VARIABLE);
    }

    /**
     * The token of an environment, else that of the file.
     *
     * @throws FpwException with {@code CONFIGURATION} if there is none, it cannot be read, can be read by others or is
     *     shorter than 32 characters
     */
    public String requireToken(Map<String, String> environment) {
        String token = token(environment);
        if (token != null) {
            return token;
        }
        if (tokenFile == null) {
            throw FpwException.configuration("the catalog is served at " + address + " with a token only; set "
                    + TOKEN_VARIABLE + ", or name a file with it in catalog.token_file of the installation");
        }
        String where = "catalog.token_file " + tokenFile;
        try {
            FilePermissions.requireSecret(tokenFile, where);
            return requireLong(Files.readString(tokenFile).strip(), where);
        } catch (IOException unreadable) {
            throw FpwException.configuration(
                    where + " cannot be read; name a file that this user can read", unreadable);
        }
    }

    private static String requireLong(String token, String where) {
        if (!token.matches("[!-~]{" + SHORTEST_TOKEN + ",}")) {
            throw FpwException.configuration(where + " has no token of at least " + SHORTEST_TOKEN
                    + " letters and digits in one line; make one, such as with openssl rand -hex 32");
        }
        return token;
    }
}
