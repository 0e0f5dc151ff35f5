package uk.fpw.metrics.fact;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the query of a fact returned: our values in its window, in any order, and their unit. */
public final class OurFigures {

    private final List<@Nullable Double> values = new ArrayList<>();
    private final SortedSet<String> units = new TreeSet<>();

    /** Adds a row; the unit is null if the query does not state it. */
    OurFigures add(@Nullable Double value, @Nullable String unit) {
        values.add(value);
        if (unit != null) {
            units.add(unit.strip());
        }
        return this;
    }

    /** The values; null where our data does not know one. */
    List<@Nullable Double> values() {
        return Collections.unmodifiableList(values);
    }

    /** The unit of the values, several joined by 'and'; null if the query does not state it. */
    @Nullable
    String unit() {
        return units.isEmpty() ? null : String.join(" and ", units);
    }
}
