package uk.fpw.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The types of a model's columns. */
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
    /** A map from text to text; only in {@code core}, since relational databases have no such type. */
    MAP;

    /** The type as named in YAML files and descriptions, such as {@code bigint}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The type with that name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the existing ones
     */
    static ColumnType of(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("type '" + word + "' is not one of "
                        + Arrays.stream(values()).map(ColumnType::word).collect(Collectors.joining(", "))));
    }
}
