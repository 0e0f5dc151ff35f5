package uk.fpw.ingest;

import java.util.Map;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.H2Sources;
import uk.fpw.warehouse.force.connection.PasswordVariable;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.yaml.ConfigError;

/**
 * Credentials for operational databases from the environment: passwords, which are never shown, and the H2 databases
 * that may be read.
 */
public final class SourcePasswords {

    private final Map<String, String> environment;

    public SourcePasswords(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * The password of a database's user; empty if the connection names no variable.
     *
     * @throws FpwException with {@code CONFIGURATION} if it refers to a variable that is not set, or if the database is
     *     not allowed as a source
     */
    public String of(SourceConnection.Database database) {
        ConfigError refusal = H2Sources.of(environment).refusal(database);
        if (refusal != null) {
            throw FpwException.configuration(refusal.toString());
        }
        String variable = database.passwordVariable();
        if (variable.isEmpty()) {
            return "";
        }
        String problem = PasswordVariable.problem(variable);
        if (problem != null) {
            throw FpwException.configuration(
                    "connections.yml: connection '" + database.name() + "': password_variable: " + problem);
        }
        String password = environment.getOrDefault(variable, "");
        if (password.isEmpty()) {
            throw FpwException.configuration(
                    "connections.yml: connection '" + database.name() + "' reads the password of '" + database.user()
                            + "' from the environment variable " + variable
                            + ", which is not set; set it, or remove password_variable if "
                            + "the database needs no password");
        }
        return password;
    }
}
