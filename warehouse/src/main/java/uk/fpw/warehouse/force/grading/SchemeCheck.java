package uk.fpw.warehouse.force.grading;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.Days;
import uk.fpw.warehouse.force.yaml.Definition;
import uk.fpw.warehouse.force.yaml.Mistakes;

/** Checks a grading scheme beyond its structure: versions and their first days ascend. */
public final class SchemeCheck {

    private final Definition scheme;
    private final Mistakes mistakes;

    public SchemeCheck(Definition scheme, Mistakes mistakes) {
        this.scheme = scheme;
        this.mistakes = mistakes;
    }

    public void check() {
        @Nullable JsonNode earlier = null;
        @Nullable LocalDate earlierFrom = null;
        for (Definition.Part version : scheme.parts("versions")) {
            JsonNode number = version.tree().path("version");
            if (earlier != null
                    && earlier.isNumber()
                    && number.isNumber()
                    && number.longValue() <= earlier.longValue()) {
                add(
                        version.path("version"),
                        number.longValue() + " does not exceed " + earlier.longValue() + " before it",
                        "write the versions in ascending order, each once");
            }
            earlier = number;
            String field = version.path("valid_from");
            LocalDate from = Days.read(scheme, field, version.text("valid_from"), mistakes);
            if (from != null && earlierFrom != null && !from.isAfter(earlierFrom)) {
                add(
                        field,
                        from + " is not after " + earlierFrom + ", from which the version before it is valid",
                        "write the first day of this version");
            }
            earlierFrom = from == null ? earlierFrom : from;
        }
    }

    private void add(String field, String problem, String remedy) {
        mistakes.add(scheme.file(), scheme.line(field), field, problem, remedy);
    }
}
