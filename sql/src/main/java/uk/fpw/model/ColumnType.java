package uk.fpw.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The types that a model's column may have. */
public enum ColumnType {
    TEXT,
    BIGINT,
    INT,
    DOUBLE,
    BOOLEAN,
    /** A calendar day in the force's time zone. */
    DATE,
    /** A point in time. */
    TIMESTAMP,
    /** Text to text; only in {@code core}, since no relational database holds one. */
    MAP;

    /** The type as YAML files and readers' descriptions name it, such as {@code bigint}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The type of that name.
     *
     * @throws IllegalArgumentException if there is none, naming the existing ones
     */
    static ColumnType of(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("type '" + word + "' is not one of "
                        + Arrays.stream(values()).map(ColumnType::word).collect(Collectors.joining(", "))));
    }
}
