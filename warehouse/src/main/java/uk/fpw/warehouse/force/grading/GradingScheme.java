package uk.fpw.warehouse.force.grading;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;

/**
 * A grading scheme: {@code schemes/<name>.yml}. Grades of different versions are never compared, even if their names
 * are equal.
 *
 * @param isInPublications whether its grades may leave the force
 * @param versions all lists of grades so far, oldest first
 */
public record GradingScheme(
        @JsonProperty("scheme") String name,
        String title,
        String description,
        @JsonProperty("in_publications") boolean isInPublications,
        List<Version> versions) {
    public GradingScheme {
        versions = List.copyOf(versions);
    }

    /**
     * One list of grades.
     *
     * @param validFrom first day on which judgements could use it
     * @param grades best first
     */
    public record Version(int version, LocalDate validFrom, List<String> grades) {
        public Version {
            grades = List.copyOf(grades);
        }
    }
}
