package uk.fpw.warehouse.force.grading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.DefinitionFile;

/** Checks a grading scheme beyond its structure: versions and their first days must ascend. */
public record GradingSchemeCheck(DefinitionFile scheme) {

    public void check() {
        JsonNode earlier = MissingNode.getInstance();
        @Nullable LocalDate earlierFrom = null;
        for (DefinitionFile.Part version : scheme.parts("versions")) {
            JsonNode number = version.at("version");
            if (earlier.isNumber() && number.isNumber() && number.longValue() <= earlier.longValue()) {
                version.error(
                        "version",
                        number.longValue() + " is not greater than " + earlier.longValue() + " before it",
                        "list the versions in ascending order, each only once");
            }
            earlier = number;
            LocalDate from = version.day("valid_from");
            if (from != null && earlierFrom != null && !from.isAfter(earlierFrom)) {
                version.error(
                        "valid_from",
                        from + " is not after " + earlierFrom + ", the first valid day of the previous version",
                        "set it to the first valid day of this version");
            }
            earlierFrom = from == null ? earlierFrom : from;
        }
    }
}
