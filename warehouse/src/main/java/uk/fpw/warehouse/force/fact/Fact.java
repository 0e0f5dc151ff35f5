package uk.fpw.warehouse.force.fact;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.Binding;
import uk.fpw.warehouse.force.yaml.DefinitionFile;

/**
 * A published figure, with its stated precision: {@code facts/<name>.yml}.
 *
 * @param from value, or lower end of the range
 * @param to value, or upper end of the range
 * @param aboutShare for {@link Operator#ABOUT} with a single value, the share of the value by which a figure may differ
 * @param clockStart for durations, the event from which time is counted; otherwise null
 * @param bodies number of forces or bodies behind the figure
 * @param byConstruction whether the data was constructed to match
 * @param notComparable why our figures cannot be compared with it; null exactly if there is a query
 * @param query Spark SQL over the marts, with {@code :as_of_from} and {@code :as_of_to}, that returns a column
 *     {@code value} and, to compare the unit too, {@code unit}
 * @param oursNow a figure of ours to show beside one that cannot be compared; null if there is none
 */
public record Fact(
        @JsonProperty("fact") String name,
        String quote,
        Operator operator,
        double from,
        double to,
        double aboutShare,
        String unit,
        LocalDate asOfFrom,
        LocalDate asOfTo,
        @Nullable String clockStart,
        String population,
        String definition,
        int bodies,
        String source,
        boolean byConstruction,
        @Nullable String notComparable,
        @Nullable String query,
        @Nullable OursNow oursNow) {

    public Fact {
        if ((notComparable == null) == (query == null)) {
            throw new IllegalArgumentException("fact " + name + " must have either a query or a reason not to compare");
        }
    }

    /** Reads a fact, which gives either a value or a range. */
    public static Fact of(DefinitionFile definition) {
        ObjectNode fact = definition.filled().deepCopy();
        JsonNode value = fact.remove("value");
        if (value != null) {
            fact.set("from", value);
            fact.set("to", value);
        }
        JsonNode asOf = fact.remove("as_of");
        fact.set("as_of_from", asOf.path("from"));
        fact.set("as_of_to", asOf.path("to"));
        return Binding.bind(fact, Fact.class, Map.of());
    }

    /**
     * A figure of ours as at the last known day, which is shown and never compared.
     *
     * @param unit what it counts or measures
     * @param query Spark SQL over the marts, with {@code :as_at}, that returns one row with a column {@code value} and
     *     optionally {@code reason}, why it is null
     */
    public record OursNow(String unit, String query) {}

    /** Whether the published figure is a range. */
    public boolean isRange() {
        return from != to;
    }

    /** How the source qualifies the figure. */
    public enum Operator {
        EXACTLY("="),
        MORE_THAN(">"),
        AT_LEAST(">="),
        LESS_THAN("<"),
        ABOUT("about");

        @JsonValue
        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /** As written in the force folder. */
        public String sign() {
            return sign;
        }
    }
}
