package uk.fpw.warehouse.force.yaml;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Checks time zones in definitions, such as {@code Europe/London}. */
public final class Zones {

    private Zones() {}

    /** Reports a zone that is not in the tz database. Rejects offsets, because they have no daylight saving time. */
    public static void check(DefinitionFile definition, String field, @Nullable String zone, ConfigErrors errors) {
        if (zone == null || ZoneId.getAvailableZoneIds().contains(zone)) {
            return;
        }
        String nearest = Suggestions.to(zone, ZoneId.getAvailableZoneIds());
        errors.add(
                definition.file(),
                definition.line(field),
                field,
                "'" + zone + "' is not a time zone",
                Suggestions.remedy(nearest, "use a name such as Europe/London"));
    }
}
