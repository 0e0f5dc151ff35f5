package uk.fpw.warehouse.force.grading;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DayParser;
import uk.fpw.warehouse.force.yaml.DefinitionFile;

/** Checks a grading scheme beyond its structure: versions and their first days must ascend. */
public final class GradingSchemeCheck {

    private final DefinitionFile scheme;
    private final ConfigErrors errors;

    public GradingSchemeCheck(DefinitionFile scheme, ConfigErrors errors) {
        this.scheme = scheme;
        this.errors = errors;
    }

    public void check() {
        @Nullable JsonNode earlier = null;
        @Nullable LocalDate earlierFrom = null;
        for (DefinitionFile.Part version : scheme.parts("versions")) {
            JsonNode number = version.tree().path("version");
            if (earlier != null
                    && earlier.isNumber()
                    && number.isNumber()
                    && number.longValue() <= earlier.longValue()) {
                add(
                        version.path("version"),
                        number.longValue() + " is not greater than " + earlier.longValue() + " before it",
                        "list the versions in ascending order, each only once");
            }
            earlier = number;
            String field = version.path("valid_from");
            LocalDate from = DayParser.read(scheme, field, version.text("valid_from"), errors);
            if (from != null && earlierFrom != null && !from.isAfter(earlierFrom)) {
                add(
                        field,
                        from + " is not after " + earlierFrom + ", the first valid day of the previous version",
                        "set it to the first valid day of this version");
            }
            earlierFrom = from == null ? earlierFrom : from;
        }
    }

    private void add(String field, String problem, String remedy) {
        errors.add(scheme.file(), scheme.line(field), field, problem, remedy);
    }
}
