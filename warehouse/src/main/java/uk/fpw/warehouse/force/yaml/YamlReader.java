package uk.fpw.warehouse.force.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads a YAML 1.2 file into a tree with the line of each field. Rejects anchors, tags, repeated keys and nesting
 * deeper than {@link DefinitionSize} allows.
 */
public final class YamlReader {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String file;
    private final ConfigErrors errors;
    private final Map<String, Integer> lines = new HashMap<>();

    private YamlReader(String file, ConfigErrors errors) {
        this.file = file;
        this.errors = errors;
    }

    /** The tree of a file. If the text is not YAML or has no fields, adds an error and returns null. */
    public static @Nullable DefinitionFile read(String file, String text, ConfigErrors errors) {
        int before = errors.count();
        YamlReader reader = new YamlReader(file, errors);
        JsonNode tree = reader.tree(text);
        return tree == null
                ? null
                : new DefinitionFile(file, tree, tree, Map.copyOf(reader.lines), errors.count() == before, errors);
    }

    private @Nullable JsonNode tree(String text) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(file)
                    .setSchema(new CoreSchema())
                    .build();
            if (DefinitionSize.isTooDeep(file, text, settings, errors)) {
                return null;
            }
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                errors.add(file, "is empty", "add its fields, as described in docs/force-folder.md");
                return null;
            }
            if (!(root.get() instanceof MappingNode)) {
                errors.add(
                        file,
                        line(root.get()),
                        "",
                        "does not contain fields",
                        "write lines of the form 'field: value'");
                return null;
            }
            return convert(root.get(), "");
        } catch (MarkedYamlEngineException unreadable) {
            int line = unreadable.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
            errors.add(file, line, "", "is not valid YAML: " + inOneLine(unreadable), remedy(text, line));
        } catch (YamlEngineException unreadable) {
            errors.add(file, "is not valid YAML: " + unreadable.getMessage(), "fix the file");
        }
        return null;
    }

    private static String inOneLine(MarkedYamlEngineException unreadable) {
        String context = unreadable.getContext();
        String problem = unreadable.getProblem();
        return (context == null || context.isBlank() ? problem : context + ", " + problem).replaceAll("\\s+", " ");
    }

    private static String remedy(String text, int line) {
        String[] all = text.split("\n", -1);
        boolean tab = line >= 1 && line <= all.length && all[line - 1].matches("\\s*\\t.*");
        return tab
                ? "YAML uses spaces for indentation; replace the tab"
                : "check this line and the one before it: indentation, a missing ':' or quote; "
                        + "quote a text that contains ': ', '#' or a leading special character";
    }

    private JsonNode convert(Node node, String path) {
        lines.putIfAbsent(path, line(node));
        node.getAnchor()
                .ifPresent(anchor -> errors.add(
                        file, line(node), path, "has the anchor '&" + anchor.getValue() + "'", "write out the value"));
        if (node instanceof MappingNode mapping) {
            return node.getAnchor().isPresent() ? JSON.objectNode() : fields(mapping, path);
        }
        if (node instanceof SequenceNode sequence) {
            return node.getAnchor().isPresent() ? JSON.arrayNode() : elements(sequence, path);
        }
        return scalar((ScalarNode) node, path);
    }

    private ObjectNode fields(MappingNode mapping, String path) {
        ObjectNode fields = JSON.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                errors.add(
                        file,
                        line(tuple.getKeyNode()),
                        path,
                        "has a field name that is not text",
                        "write 'field: value'");
                continue;
            }
            String name = key.getValue();
            String fieldPath = path.isEmpty() ? name : path + "." + name;
            Integer earlier = lines.putIfAbsent(fieldPath, line(key));
            if (earlier != null) {
                errors.add(file, line(key), fieldPath, "occurs twice, first on line " + earlier, "remove one of them");
                continue;
            }
            fields.set(name, convert(tuple.getValueNode(), fieldPath));
        }
        return fields;
    }

    private ArrayNode elements(SequenceNode sequence, String path) {
        ArrayNode elements = JSON.arrayNode();
        for (Node element : sequence.getValue()) {
            elements.add(convert(element, path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    private JsonNode scalar(ScalarNode scalar, String path) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        }
        try {
            if (tag.equals(Tag.INT)) {
                return JSON.numberNode(new BigInteger(text));
            }
            if (tag.equals(Tag.FLOAT)) {
                return JSON.numberNode(new BigDecimal(text));
            }
        } catch (NumberFormatException notDecimal) {
            // 0x1f, 0o17 and .inf are numbers in YAML, but not needed in a force folder; as texts, the schema rejects
            // them.
            return JSON.textNode(text);
        }
        if (!tag.equals(Tag.STR)) {
            errors.add(file, line(scalar), path, "has the tag '" + tag.getValue() + "'", "remove the tag");
        }
        return JSON.textNode(text);
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }
}
