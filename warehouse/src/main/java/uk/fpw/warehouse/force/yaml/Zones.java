package uk.fpw.warehouse.force.yaml;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Time zones as definitions write them: {@code Europe/London}. */
public final class Zones {

    private Zones() {}

    /** Reports a zone that the tz database does not name. Offsets are refused: they know no summer time. */
    public static void check(Definition definition, String field, @Nullable String zone, Mistakes mistakes) {
        if (zone == null || ZoneId.getAvailableZoneIds().contains(zone)) {
            return;
        }
        String nearest = Nearest.to(zone, ZoneId.getAvailableZoneIds());
        mistakes.add(
                definition.file(),
                definition.line(field),
                field,
                "'" + zone + "' is not a time zone",
                nearest == null ? "use a name such as Europe/London" : "did you mean '" + nearest + "'?");
    }
}
