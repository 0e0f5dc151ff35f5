package uk.fpw.warehouse.installation;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionSchema;
import uk.fpw.warehouse.force.yaml.DefinitionSize;
import uk.fpw.warehouse.force.yaml.YamlReader;
import uk.fpw.warehouse.privacy.FilePermissions;

/**
 * Settings of one installation, from {@code installation.yml}: they belong to the machine and are no part of a force
 * folder, which may come from elsewhere.
 *
 * @param file the file; null if there is none
 * @param insideReaders name of the group of this machine whose members are to read the pages; null if none is named. It
 *     has no effect until it is confirmed
 * @param spark the cluster that computes; null if this machine does
 * @param objectStore where tables of its forces may be; null if they are on this machine only
 * @param catalog where the catalog is served to other machines; null if it is served to this one only
 * @param notifications who is told of releases and failures; null for nobody. {@link NotifySettings#of} is what counts
 */
public record Installation(
        @JacksonInject(FILE) @Nullable Path file,
        @Nullable String insideReaders,
        @Nullable SparkCluster spark,
        @Nullable ObjectStoreSettings objectStore,
        @Nullable CatalogAddress catalog,
        @JsonProperty("notify") @Nullable NotifySettings notifications) {

    /** Environment variable with the path of the file; there is no file if it is empty or not set. */
    public static final String VARIABLE = "FPW_INSTALLATION";

    /** The file of an installation that sets no variable, if it exists. */
    public static final Path DEFAULT_FILE = Path.of("/etc/fpw/installation.yml");

    private static final String FILE = "file";

    /** An installation without a file. */
    public static final Installation NONE = new Installation(null, null, null, null, null, null);

    /** The environment of a process, naming the {@link #DEFAULT_FILE} if it names no file and that one exists. */
    public static Map<String, String> environment(Map<String, String> ofProcess) {
        if (ofProcess.containsKey(VARIABLE) || !Files.exists(DEFAULT_FILE)) {
            return ofProcess;
        }
        Map<String, String> named = new LinkedHashMap<>(ofProcess);
        named.put(VARIABLE, DEFAULT_FILE.toString());
        return Map.copyOf(named);
    }

    /**
     * Reads the file that an environment names.
     *
     * @throws FpwException with {@code CONFIGURATION} if it does not exist, can be changed by anyone but its owner, or
     *     has errors, all of which the message lists
     */
    public static Installation of(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        return named.isBlank() ? NONE : read(Path.of(named).toAbsolutePath().normalize());
    }

    private static Installation read(Path file) {
        ConfigErrors errors = new ConfigErrors();
        String text = text(file, errors);
        if (text != null
                && text.lines()
                        .allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"))) {
            return new Installation(file, null, null, null, null, null);
        }
        DefinitionFile written = text == null ? null : YamlReader.read(file.toString(), text, errors);
        DefinitionFile checked =
                written == null ? null : DefinitionSchema.of("installation").check(written);
        if (checked == null || errors.count() > 0) {
            throw FpwException.configuration(
                    errors.sorted().stream().map(Object::toString).collect(Collectors.joining("\n  ")));
        }
        return checked.as(Installation.class, Map.of(FILE, file));
    }

    private static @Nullable String text(Path file, ConfigErrors errors) {
        try {
            if (!Files.isRegularFile(file)) {
                errors.add(
                        file.toString(),
                        Files.exists(file) ? "is not a file" : "does not exist",
                        "create it, or change " + VARIABLE);
                return null;
            }
            FilePermissions.requireUnchangedByOthers(file);
            byte[] bytes = DefinitionSize.read(file, file.toString(), errors);
            return bytes == null
                    ? null
                    : StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
        } catch (CharacterCodingException otherEncoding) {
            errors.add(file.toString(), "is not encoded in UTF-8", "save it as UTF-8");
        } catch (IOException unreadable) {
            errors.add(file.toString(), "cannot be read", "make it a file that this user can read");
        }
        return null;
    }
}
