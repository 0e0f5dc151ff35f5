package uk.fpw.query;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.DuckSql;

/**
 * The parameters that a query declares in comment lines, such as
 * {@code -- Parameter: queue, text. Only this queue; every queue unless given.}, and uses as {@code :queue}. Values are
 * never inserted into the SQL: the query reads them from a one-row table.
 */
public final class QueryParameters {

    /** The table that holds the values; the session creates it. */
    static final String TABLE = "fpw_parameter";

    private static final Pattern DECLARED =
            Pattern.compile("(?m)^-- Parameter: ([a-z][a-z0-9_]*), (text|date|number)(, required)?\\. +(\\S.*)$");

    private QueryParameters() {}

    /** The type of a value. */
    enum Type {
        TEXT("varchar"),
        DATE("date"),
        NUMBER("double");

        private final String inSql;

        Type(String inSql) {
            this.inSql = inSql;
        }

        /** DuckDB's name for it. */
        String inSql() {
            return inSql;
        }
    }

    /** One parameter. */
    record Parameter(String name, Type type, boolean isRequired, String meaning) {

        /** As in the list of ready-made queries. */
        String summary() {
            return name + " (" + type.name().toLowerCase(Locale.ROOT) + (isRequired ? ", required)" : ")");
        }
    }

    /** A parameter and its value; null if none was given. */
    public record Bound(Parameter parameter, @Nullable Object value) {}

    /** The parameters that a query declares, in the order of its lines. */
    public static List<Parameter> of(String sql) {
        List<Parameter> declared = new ArrayList<>();
        Matcher lines = DECLARED.matcher(sql);
        while (lines.find()) {
            if (declared.stream().anyMatch(parameter -> parameter.name().equals(lines.group(1)))) {
                throw QueryException.wrong(
                        "the query declares the parameter " + lines.group(1) + " twice; remove one line");
            }
            declared.add(new Parameter(
                    lines.group(1),
                    Type.valueOf(lines.group(2).toUpperCase(Locale.ROOT)),
                    lines.group(3) != null,
                    lines.group(4).strip()));
        }
        return declared;
    }

    /**
     * The values of the declared parameters.
     *
     * @param given as on the command line, {@code NAME=VALUE} each
     * @throws QueryException if one is unknown, given twice, not of its type, or missing although it is required
     */
    public static List<Bound> bind(List<Parameter> declared, List<String> given) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String one : given) {
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw QueryException.wrong(
                        "--param " + one + ": use the form NAME=VALUE, such as --param queue=awaiting_examination");
            }
            String name = one.substring(0, equals);
            if (declared.stream().noneMatch(parameter -> parameter.name().equals(name))) {
                throw QueryException.wrong("--param " + one + ": the query has no parameter '" + name + "'; it has "
                        + (declared.isEmpty() ? "none" : summary(declared)));
            }
            if (texts.put(name, one.substring(equals + 1)) != null) {
                throw QueryException.wrong("--param " + name + " is set twice; set it once");
            }
        }
        List<Bound> bound = new ArrayList<>();
        for (Parameter parameter : declared) {
            String text = texts.get(parameter.name());
            if (text == null && parameter.isRequired()) {
                throw QueryException.wrong(
                        "the query needs --param " + parameter.name() + "=...: " + parameter.meaning());
            }
            bound.add(new Bound(parameter, text == null ? null : value(parameter, text)));
        }
        return bound;
    }

    /**
     * The SQL in which each declared parameter is read from {@link #TABLE}; any other {@code :name} stays, and DuckDB
     * rejects it.
     */
    public static String placed(String sql, List<Bound> bound) {
        Set<String> names = bound.stream().map(one -> one.parameter().name()).collect(Collectors.toSet());
        return DuckSql.withParameters(
                sql,
                name -> names.contains(name) ? "(select \"" + name + "\" from temp.main." + TABLE + ")" : ":" + name);
    }

    static String summary(List<Parameter> parameters) {
        return parameters.stream().map(Parameter::summary).collect(Collectors.joining(", "));
    }

    private static Object value(Parameter parameter, String text) {
        String given = "--param " + parameter.name() + "=" + text + ": ";
        try {
            return switch (parameter.type()) {
                case TEXT -> text;
                case DATE -> LocalDate.parse(text);
                case NUMBER -> new BigDecimal(text).doubleValue();
            };
        } catch (DateTimeParseException wrong) {
            throw QueryException.wrong(given + "is not a date; use a form like 2015-12-31", wrong);
        } catch (NumberFormatException wrong) {
            throw QueryException.wrong(given + "is not a number; use a form like 28 or 0.5", wrong);
        }
    }
}
