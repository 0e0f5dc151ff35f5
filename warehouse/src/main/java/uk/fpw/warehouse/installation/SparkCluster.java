package uk.fpw.warehouse.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.privacy.FilePermissions;

/**
 * The Spark cluster of an installation, with this machine as its driver. It never comes from a force folder: whoever
 * chooses the master chooses where rows about persons are computed.
 *
 * @param master address of the master, such as {@code spark://10.0.0.1:7077}
 * @param host name or address under which the workers reach this machine; the driver listens there alone
 * @param driverPort port for executors; null for a free one
 * @param blockManagerPort port for blocks; null for a free one
 * @param secretFile file with the secret that the cluster shares; null if there is none
 * @param unauthenticated {@code accepted} if a master without a secret is; null if it is not
 * @param settings settings of Spark for the size of the work, by name; null for none
 */
public record SparkCluster(
        String master,
        String host,
        @Nullable Integer driverPort,
        @Nullable Integer blockManagerPort,
        @Nullable Path secretFile,
        @Nullable String unauthenticated,
        @Nullable Map<String, String> settings) {

    /** Environment variable with the secret; replaces that of the file. */
    public static final String SECRET_VARIABLE = "FPW_SPARK_SECRET";

    /** Setting of Spark with the address of the master. */
    public static final String MASTER = "spark.master";

    private static final int SHORTEST_SECRET = 16;

    /**
     * What an operator should know about it, in one line.
     *
     * @param environment environment of the command, for the secret
     * @throws FpwException as {@link #sparkSettings}
     */
    public String describe(Map<String, String> environment) {
        boolean isSecret = sparkSettings(environment).containsKey("spark.authenticate");
        return "Spark computes on the cluster " + master
                + (isSecret
                        ? ", authenticated and encrypted"
                        : ", unauthenticated, which the installation accepts: whoever reaches it can read the rows "
                                + "that it computes");
    }

    /**
     * The settings of a run, secret included: they belong into no command line, log or file that others read.
     *
     * @param environment environment of the command, for the secret
     * @throws FpwException with {@code CONFIGURATION} if there is no secret and that is not accepted, or it cannot be
     *     read, can be read by others or is shorter than 16 characters
     */
    public Map<String, String> sparkSettings(Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(settings == null ? Map.of() : settings);
        all.put(MASTER, master);
        all.put("spark.submit.deployMode", "client");
        all.put("spark.driver.host", host);
        all.put("spark.driver.bindAddress", host);
        if (driverPort != null) {
            all.put("spark.driver.port", driverPort.toString());
        }
        if (blockManagerPort != null) {
            all.put("spark.driver.blockManager.port", blockManagerPort.toString());
        }
        String secret = secret(environment);
        if (secret != null) {
            all.put("spark.authenticate", "true");
            all.put("spark.authenticate.secret", secret);
            all.put("spark.network.crypto.enabled", "true");
            all.put("spark.io.encryption.enabled", "true");
        } else if (unauthenticated == null) {
            throw FpwException.configuration("the Spark cluster " + master
                    + " has no secret: whoever reaches it can run "
                    + "code on its workers and read the rows that they compute. Set spark.authenticate.secret in "
                    + "its spark-defaults.conf, and " + SECRET_VARIABLE + " or spark.secret_file of the installation "
                    + "to the same secret; or accept it with unauthenticated: accepted");
        }
        return all;
    }

    private @Nullable String secret(Map<String, String> environment) {
        String variable = environment.getOrDefault(SECRET_VARIABLE, "").strip();
        if (!variable.isEmpty()) {
            return requireLong(variable, SECRET_VARIABLE);
        }
        if (secretFile == null) {
            return null;
        }
        try {
            FilePermissions.requireSecret(secretFile, "spark.secret_file " + secretFile);
            return requireLong(Files.readString(secretFile).strip(), "spark.secret_file " + secretFile);
        } catch (IOException unreadable) {
            throw FpwException.configuration(
                    "spark.secret_file " + secretFile + " cannot be read; name a file that this user can read",
                    unreadable);
        }
    }

    private static String requireLong(String secret, String where) {
        if (secret.length() < SHORTEST_SECRET || secret.lines().count() > 1) {
            throw FpwException.configuration(where + " has no secret of at least " + SHORTEST_SECRET
                    + " characters in one line; make one, such as with openssl rand -hex 32");
        }
        return secret;
    }
}
