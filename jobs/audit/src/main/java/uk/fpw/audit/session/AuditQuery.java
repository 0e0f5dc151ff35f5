package uk.fpw.audit.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.DuckSql;

/**
 * A query of the audit, {@code fpw/audit/NAME.sql}, with the values of its parameters. A comment declares each
 * parameter, {@code -- Parameter: NAME, TYPE. Meaning}; the query uses it as {@code :NAME}. Its type says whether it
 * is written as a literal or as a quoted name.
 */
public final class AuditQuery {

    private static final Pattern DECLARED = Pattern.compile("(?m)^-- Parameter: ([a-z][a-z0-9_]*), ([a-z]+)\\. +\\S");
    /** Cached: a run uses many of them several times. */
    private static final Map<String, AuditQuery> FILES = new ConcurrentHashMap<>();

    /** The type of a parameter, which says how its value is written. */
    enum Type {
        TEXT {
            @Override
            String literal(Object value) {
                return DuckSql.text((String) value);
            }
        },
        /** ISO text, such as {@code 2016-01-12}. */
        DATE {
            @Override
            String literal(Object value) {
                return "date " + DuckSql.text(LocalDate.parse((String) value).toString());
            }
        },
        NUMBER {
            @Override
            String literal(Object value) {
                return Long.toString(((Number) value).longValue());
            }
        },
        BOOLEAN {
            @Override
            String literal(Object value) {
                return ((Boolean) value).toString();
            }
        },
        /** A list of texts; it may be empty. */
        TEXTS {
            @Override
            String literal(Object value) {
                return each(value, TEXT, "cast([", "] as varchar[])");
            }
        },
        /** A list of dates; it may be empty. */
        DATES {
            @Override
            String literal(Object value) {
                return each(value, DATE, "cast([", "] as date[])");
            }
        },
        /** A list of whole numbers; it may be empty. */
        NUMBERS {
            @Override
            String literal(Object value) {
                return each(value, NUMBER, "cast([", "] as integer[])");
            }
        },
        /** The name of a column, table or view. */
        NAME {
            @Override
            String literal(Object value) {
                return DuckSql.name((String) value);
            }
        },
        /** Names of columns, at least one, separated by commas. */
        NAMES {
            @Override
            String literal(Object value) {
                return each(value, NAME, "", "");
            }
        },
        /** Paths of Parquet files, at least one. */
        FILES {
            @Override
            String literal(Object value) {
                return DuckSql.filesOf(
                        ((List<?>) value).stream().map(String.class::cast).toList());
            }
        },
        /** SQL taken from a model or a definition. */
        EXPRESSION {
            @Override
            String literal(Object value) {
                return (String) value;
            }
        };

        /**
         * The value as SQL.
         *
         * @throws RuntimeException if it is not of this type
         */
        abstract String literal(Object value);

        private static String each(Object values, Type type, String open, String close) {
            return ((List<?>) values)
                    .stream().map(value -> type.literal((Object) value)).collect(Collectors.joining(", ", open, close));
        }
    }

    private final String name;
    private final String text;
    private final Map<String, Type> declared;
    private final Map<String, @Nullable Object> given;

    private AuditQuery(String name, String text, Map<String, Type> declared, Map<String, @Nullable Object> given) {
        this.name = name;
        this.text = text;
        this.declared = declared;
        this.given = given;
    }

    /**
     * The query in a file, before its parameters are set.
     *
     * @throws IllegalArgumentException if there is no such file, or a declaration of a parameter is wrong
     */
    public static AuditQuery named(String name) {
        return FILES.computeIfAbsent(name, AuditQuery::read);
    }

    /**
     * A copy with the value of a parameter; null becomes null in SQL.
     *
     * @throws IllegalArgumentException if the query has no such parameter, or it is set already
     */
    public AuditQuery with(String parameter, @Nullable Object value) {
        if (!declared.containsKey(parameter) || given.containsKey(parameter)) {
            throw wrong("parameter " + parameter + (given.containsKey(parameter) ? " is set twice" : " is unknown")
                    + "; it has " + declared.keySet());
        }
        Map<String, @Nullable Object> values = new TreeMap<>(given);
        values.put(parameter, value);
        return new AuditQuery(name, text, declared, values);
    }

    /** The declared parameters and their types. */
    public Map<String, Type> parameters() {
        return declared;
    }

    /**
     * The SQL with all values, below a comment with its name.
     *
     * @throws IllegalArgumentException if a value is missing or not of its type
     */
    public String sql() {
        return "-- fpw/audit/" + name + ".sql\n" + DuckSql.withParameters(text, this::literal);
    }

    private String literal(String parameter) {
        if (!given.containsKey(parameter)) {
            throw wrong("parameter " + parameter + " has no value");
        }
        Object value = given.get(parameter);
        try {
            return value == null ? "null" : declared(parameter).literal(value);
        } catch (RuntimeException failed) {
            throw new IllegalArgumentException(
                    wrong("parameter " + parameter + ": ").getMessage() + failed.getMessage(), failed);
        }
    }

    private Type declared(String parameter) {
        Type type = declared.get(parameter);
        if (type == null) {
            throw wrong("parameter " + parameter + " is not declared");
        }
        return type;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("fpw/audit/" + name + ".sql: " + what);
    }

    private static AuditQuery read(String name) {
        try (InputStream in = DuckSql.class.getResourceAsStream("/fpw/audit/" + name + ".sql")) {
            if (in == null) {
                throw new IllegalArgumentException("there is no fpw/audit/" + name + ".sql");
            }
            String file = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Type> declared = new TreeMap<>();
            Matcher lines = DECLARED.matcher(file);
            while (lines.find()) {
                declared.put(lines.group(1), Type.valueOf(lines.group(2).toUpperCase(Locale.ROOT)));
            }
            String text = file.replaceFirst("\\A(--[^\\n]*\\n)*", "").strip();
            AuditQuery query = new AuditQuery(name, text, declared, Map.of());
            DuckSql.withParameters(text, parameter -> query.declared(parameter).name());
            return query;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
