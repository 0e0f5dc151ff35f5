package uk.fpw.warehouse.force.yaml;

import java.time.ZoneId;

/** Checks time zones in definitions, such as {@code Europe/London}. */
public final class Zones {

    private Zones() {}

    /** Reports a zone that is not in the tz database. Rejects offsets, because they have no daylight saving time. */
    public static void check(Fields fields, String field) {
        String zone = fields.text(field);
        if (zone != null && !ZoneId.getAvailableZoneIds().contains(zone)) {
            String nearest = Suggestions.to(zone, ZoneId.getAvailableZoneIds());
            fields.error(
                    field,
                    "'" + zone + "' is not a time zone",
                    Suggestions.remedy(nearest, "use a name such as Europe/London"));
        }
    }
}
