package uk.fpw.warehouse.force.pack;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.Sha256;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionSchema;
import uk.fpw.warehouse.force.yaml.YamlReader;

/**
 * One version of a definition pack: the resources in {@code fpw/pack/<name>/<version>}. A published version never
 * changes.
 *
 * @param name name of the pack, unique among packs
 * @param version its version, which all of its queues have too, so that each row of a mart shows it
 * @param description what it counts, in words
 * @param itemKind kind of item that waits in its queues; null exactly if it has none
 * @param events events that a force's staging queries must declare, with what each means
 * @param attributes attributes that they must have
 * @param queues names of its queues, each in {@code queues/<name>.yml}
 * @param judgements columns that a force's grading query must return, with what each has to hold
 * @param grades grades of its schemes, with what each means
 * @param schemes names of its grading schemes, each in {@code schemes/<name>.yml}
 * @param examples names of its conformance examples, each in {@code examples/<name>.yml}
 * @param facts names of figures that others have published, each in {@code facts/<name>.yml}
 */
public record Pack(
        @JsonProperty("pack") String name,
        int version,
        String title,
        String description,
        @Nullable String itemKind,
        List<Meaning> events,
        List<Meaning> attributes,
        List<String> queues,
        List<Meaning> judgements,
        List<Meaning> grades,
        List<String> schemes,
        List<String> examples,
        List<String> facts) {

    private static final String FOLDER = "/fpw/pack/";

    /** Every pack, read once. */
    private static final class Packs {

        static final Map<String, Pack> BY_LABEL = known().stream()
                .collect(Collectors.toUnmodifiableMap(
                        label -> label, label -> read(folder(label) + "pack.yml", new ConfigErrors())
                                .as(Pack.class)));
    }

    /** What an event, an attribute, a column or a grade means. */
    public record Meaning(String name, String means) {}

    /** The packs of this software, such as {@code digital_forensics 1}, each with its version. */
    public static List<String> known() {
        return resource("index.txt").lines().toList();
    }

    /**
     * A known pack.
     *
     * @param label name and version, such as {@code digital_forensics 1}
     */
    public static Pack of(String label) {
        @Nullable Pack pack = Packs.BY_LABEL.get(label);
        if (pack == null) {
            throw new IllegalArgumentException("no pack '" + label + "'");
        }
        return pack;
    }

    /** Name and version, such as {@code digital_forensics 1}. */
    public String label() {
        return name + " " + version;
    }

    /**
     * The files of its queues, with the defaults of their fields.
     *
     * @param observedFrom first day from which the sources of the force are complete; null for the first event
     */
    public List<DefinitionFile> queueFiles(@Nullable LocalDate observedFrom, ConfigErrors errors) {
        DefinitionSchema schema = DefinitionSchema.of("queue");
        List<DefinitionFile> files = new ArrayList<>();
        for (String queue : queues) {
            DefinitionFile file = read(folder(label()) + "queues/" + queue + ".yml", errors);
            if (observedFrom != null && file.tree() instanceof ObjectNode fields) {
                fields.put("observed_from", observedFrom.toString());
            }
            files.add(schema.check(file));
        }
        return List.copyOf(files);
    }

    /** The files of its grading schemes, with the defaults of their fields. */
    public List<DefinitionFile> schemeFiles(ConfigErrors errors) {
        return files("scheme", "schemes", schemes, errors);
    }

    /** The files of its published figures, with the defaults of their fields. */
    public List<DefinitionFile> factFiles(ConfigErrors errors) {
        return files("fact", "facts", facts, errors);
    }

    private List<DefinitionFile> files(String kind, String subfolder, List<String> names, ConfigErrors errors) {
        DefinitionSchema schema = DefinitionSchema.of(kind);
        return names.stream()
                .map(name -> schema.check(read(folder(label()) + subfolder + "/" + name + ".yml", errors)))
                .toList();
    }

    /** Names of its queues and grading schemes. */
    public List<String> definitions() {
        return Stream.concat(queues.stream(), schemes.stream()).toList();
    }

    /** The file of one of its examples. */
    public DefinitionFile exampleFile(String example, ConfigErrors errors) {
        return DefinitionSchema.of("example").check(read(folder(label()) + "examples/" + example + ".yml", errors));
    }

    /** SHA-256 (hex) over all of its files. */
    public String digest() {
        String folder = folder(label());
        return Sha256.hex(Stream.of(
                        Stream.of("pack.yml"),
                        queues.stream().map(queue -> "queues/" + queue + ".yml"),
                        schemes.stream().map(scheme -> "schemes/" + scheme + ".yml"),
                        examples.stream().map(example -> "examples/" + example + ".yml"),
                        facts.stream().map(fact -> "facts/" + fact + ".yml"))
                .flatMap(files -> files)
                .map(file -> file + "\n" + resource(folder + file))
                .reduce("", String::concat));
    }

    private static String folder(String label) {
        return label.replace(' ', '/') + "/";
    }

    private static DefinitionFile read(String file, ConfigErrors errors) {
        @Nullable DefinitionFile read = YamlReader.read("packs/" + file, resource(file), errors);
        return Objects.requireNonNull(read, () -> "the resource " + FOLDER + file + " is not YAML");
    }

    private static String resource(String file) {
        try (InputStream in = Pack.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("there is no resource " + FOLDER + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
