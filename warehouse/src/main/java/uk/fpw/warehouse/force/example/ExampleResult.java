package uk.fpw.warehouse.force.example;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The actual rows of an example, in the forms of {@link ExampleColumns}; attributes and slices are columns
 * like the others.
 *
 * @param example its name
 */
public record ExampleResult(
        String example,
        List<Map<String, @Nullable String>> events,
        List<Map<String, @Nullable String>> spells,
        List<Map<String, @Nullable String>> excluded) {}
