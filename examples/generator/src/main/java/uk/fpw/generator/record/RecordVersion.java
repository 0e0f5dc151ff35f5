package uk.fpw.generator.record;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The version of a row of a system from a point in time.
 *
 * @param recordedAt when the system learned it
 * @param reportedOn day of the event; long before {@code recordedAt} for a late row
 * @param deleted whether the row is deleted from then on
 * @param values in the order of the table's columns, without its stamps
 */
public record RecordVersion(Instant recordedAt, LocalDate reportedOn, boolean deleted, List<@Nullable Object> values) {}
