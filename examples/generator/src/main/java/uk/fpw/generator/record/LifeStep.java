package uk.fpw.generator.record;

import java.time.Instant;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an item.
 *
 * @param code code in the source's log, such as {@code ACC}
 * @param event what it means, such as {@code accepted}
 * @param at when it happened, by the clock of the force
 * @param recordedAt when the system learned it
 * @param note provider of {@code OUT}, reason of {@code RTU}; else null
 */
public record LifeStep(
        String code,
        String event,
        LocalDateTime at,
        Instant recordedAt,
        @Nullable String note) {}
