package uk.fpw.warehouse.force.example;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The actual rows of an example, in the form of {@link ExampleColumns}, with attributes and slices as columns.
 *
 * @param example name of the example
 */
public record ExampleResult(
        String example,
        List<Map<String, @Nullable String>> events,
        List<Map<String, @Nullable String>> spells,
        List<Map<String, @Nullable String>> gradings,
        List<Map<String, @Nullable String>> excluded) {}
