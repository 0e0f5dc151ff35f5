package uk.fpw.warehouse.force.grading;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;

/**
 * A grading scheme: {@code schemes/<name>.yml}. Grades of two versions are never compared, even where they share a
 * name.
 *
 * @param versions every list of grades there has been, the oldest first
 */
public record GradingScheme(
        @JsonProperty("scheme") String name, String title, String description, List<Version> versions) {
    public GradingScheme {
        versions = List.copyOf(versions);
    }

    /**
     * One list of grades.
     *
     * @param validFrom first day on which a judgement could be made by it
     * @param grades best first
     */
    public record Version(int version, LocalDate validFrom, List<String> grades) {
        public Version {
            grades = List.copyOf(grades);
        }
    }
}
