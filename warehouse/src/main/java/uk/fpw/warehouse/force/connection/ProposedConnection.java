package uk.fpw.warehouse.force.connection;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionSchema;
import uk.fpw.warehouse.force.yaml.FolderFiles;
import uk.fpw.warehouse.force.yaml.ForceFolderException;
import uk.fpw.warehouse.force.yaml.YamlReader;

/**
 * A connection to a database that is not in a force folder yet, with the same defaults and limits as if it were.
 *
 * @param entry its line for {@code connections.yml}
 */
public record ProposedConnection(SourceConnection.Database database, String entry) {

    /**
     * Checks a connection as {@code fpw check} would.
     *
     * @param user database user
     * @param passwordVariable environment variable with the password; null for no password
     * @throws ForceFolderException whose errors name the options of a command line instead of a file
     */
    public static ProposedConnection of(String url, String user, @Nullable String passwordVariable) {
        String entry = "  - {name: " + name(url) + ", kind: jdbc, url: " + quoted(url) + ", user: " + quoted(user)
                + (passwordVariable == null ? "" : ", password_variable: " + quoted(passwordVariable)) + "}";
        ConfigErrors errors = new ConfigErrors();
        DefinitionFile read = YamlReader.read(FolderFiles.CONNECTIONS, "connections:\n" + entry + "\n", errors);
        DefinitionFile checked =
                read == null ? null : DefinitionSchema.of("connections").check(read);
        if (checked != null) {
            new ConnectionCheck(checked, Path.of("/")).check();
        }
        if (url.contains(ConnectionCheck.FOLDER)) {
            errors.add("", 0, "url", "contains {folder}, but there is no force folder", "write the path itself");
        }
        if (checked == null || errors.count() > 0) {
            throw new ForceFolderException(
                    errors.sorted().stream().map(ProposedConnection::ofOption).toList());
        }
        return new ProposedConnection(
                (SourceConnection.Database)
                        checked.as(ConnectionsYaml.class).in(Path.of("/")).get(0),
                entry);
    }

    private static ConfigError ofOption(ConfigError error) {
        String field = error.field().replaceFirst("^connections\\[0]\\.?", "");
        // a remedy names fields of connections.yml
        String remedy = error.remedy()
                .replace(" in user and ", " in --user and ")
                .replace(" in password_variable", " in --password-variable");
        return new ConfigError("--" + field.replace('_', '-'), 0, "", error.problem(), remedy);
    }

    /** By the name of the database in the URL. */
    private static String name(String url) {
        String named =
                url.replaceFirst("(?i).*;database(Name)?=([^;]*).*", "/$2").replaceFirst("[?;].*", "");
        String snake = named.replaceFirst(".*[/:\\\\]", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^[_0-9]+|_+$", "");
        return snake.isEmpty() ? "source" : snake;
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
