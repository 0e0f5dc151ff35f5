package uk.fpw.nightly.cli.force;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import uk.fpw.ingest.database.DatabaseTable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.H2Sources;
import uk.fpw.warehouse.force.connection.ProposedConnection;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.force.yaml.ForceFolderException;

/** A table of a database that no force folder has as a connection yet. */
final class TableOptions {

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description =
                    "Instead of SOURCE: the database of a table, without a force folder, as url in connections.yml, "
                            + "such as jdbc:postgresql://dfu-db/dfu; "
                            + "without user and password.")
    @SuppressWarnings("NullAway.Init")
    private String url;

    @Option(
            names = "--table",
            required = true,
            paramLabel = "TABLE",
            description = "Of --url: the table, such as dfu.submission.")
    @SuppressWarnings("NullAway.Init")
    private String table;

    @Option(
            names = "--user",
            required = true,
            paramLabel = "USER",
            description = "Of --url: database user with read rights.")
    @SuppressWarnings("NullAway.Init")
    private String user;

    @Option(
            names = "--password-variable",
            paramLabel = "NAME",
            description =
                    "Of --url: environment variable with the password, named FPW_..._PASSWORD. Default: no password.")
    private @Nullable String passwordVariable;

    ProposedConnection connection() {
        try {
            return ProposedConnection.of(url, user, passwordVariable);
        } catch (ForceFolderException wrong) {
            throw FpwException.configuration(String.valueOf(wrong.getMessage()));
        }
    }

    /** Opens a session with it. */
    DatabaseTable open(ProposedConnection connection, Map<String, String> environment) {
        ConfigError refusal = H2Sources.of(environment).refusal(connection.database());
        if (refusal != null) {
            throw FpwException.configuration("--url: " + refusal.problem() + "; " + refusal.remedy());
        }
        String password = passwordVariable == null ? "" : environment.getOrDefault(passwordVariable, "");
        if (passwordVariable != null && password.isEmpty()) {
            throw FpwException.configuration("--password-variable: the environment variable " + passwordVariable
                    + " is not set; set it to the password of '" + user + "', or leave the option out if the database "
                    + "needs none");
        }
        return DatabaseTable.open(table, connection.database(), password);
    }
}
