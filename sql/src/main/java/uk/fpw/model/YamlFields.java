package uk.fpw.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The fields of a YAML mapping; {@code place} is the file and the path within it, for messages. */
record YamlFields(String place, Map<?, ?> values) {

    /** Reads a file that consists of one mapping. */
    static YamlFields read(String file, String text) {
        try {
            Object root = new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(text);
            if (root instanceof Map<?, ?> values) {
                return new YamlFields(file, values);
            }
        } catch (YamlEngineException wrong) {
            throw new ModelException(file + ": " + wrong.getMessage(), wrong);
        }
        throw new ModelException(file + ": must contain names with values");
    }

    /** Rejects unknown names, so that a misspelt one is not silently ignored. */
    YamlFields only(Set<String> known) {
        for (Object name : values.keySet()) {
            if (!known.contains(String.valueOf(name))) {
                throw wrong("'" + name + "' is not one of "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
        return this;
    }

    String text(String name) {
        String value = optional(name);
        if (value.isEmpty()) {
            throw wrong("'" + name + "' is missing");
        }
        return value;
    }

    String optional(String name) {
        Object value = values.get(name);
        return value == null ? "" : value.toString().strip();
    }

    boolean isTrue(String name) {
        return switch (optional(name)) {
            case "true" -> true;
            case "", "false" -> false;
            default -> throw wrong("'" + name + "' is not true or false");
        };
    }

    int number(String name) {
        String value = optional(name);
        try {
            return value.isEmpty() ? 0 : Integer.parseInt(value);
        } catch (NumberFormatException notOne) {
            throw new ModelException(place + ": '" + name + "' is not a whole number", notOne);
        }
    }

    List<String> texts(String name) {
        return list(name).stream().map(value -> String.valueOf(value).strip()).toList();
    }

    /** The mappings in a list; each is named by its field {@code called}. */
    List<YamlFields> each(String name, String called) {
        return list(name).stream()
                .map(value -> {
                    if (value instanceof Map<?, ?> map) {
                        Object own = map.get(called);
                        return new YamlFields(own == null ? place : place + ": " + own, map);
                    }
                    throw wrong("'" + name + "' holds '" + value + "', which is not names with values");
                })
                .toList();
    }

    /** The value as a mapping; empty if missing. */
    YamlFields within(String name) {
        Object value = values.get(name);
        if (value == null) {
            return new YamlFields(place + ": " + name, Map.of());
        }
        if (value instanceof Map<?, ?> map) {
            return new YamlFields(place + ": " + name, map);
        }
        throw wrong("'" + name + "' is not names with values");
    }

    private List<?> list(String name) {
        @Nullable Object value = values.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw wrong("'" + name + "' is not a list");
    }

    ModelException wrong(String problem) {
        return new ModelException(place + ": " + problem);
    }
}
