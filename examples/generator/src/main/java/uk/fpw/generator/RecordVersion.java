package uk.fpw.generator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a row of a system held from one moment on.
 *
 * @param recordedAt when the system learned it
 * @param reportedOn day of what it tells of; long before {@code recordedAt} for a late row
 * @param deleted whether the row is deleted from then on
 * @param values in the order of the table's columns, without its stamps
 */
record RecordVersion(Instant recordedAt, LocalDate reportedOn, boolean deleted, List<@Nullable Object> values) {}
