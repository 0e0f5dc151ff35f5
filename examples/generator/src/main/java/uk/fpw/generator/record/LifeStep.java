package uk.fpw.generator.record;

import java.time.Instant;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An event of an item.
 *
 * @param code code in the source's log, such as {@code ACC}
 * @param event its meaning, such as {@code accepted}
 * @param at when it happened, in the force's zone
 * @param recordedAt when the system learned of it
 * @param note the provider for {@code OUT}, the reason for {@code RTU}; otherwise null
 */
public record LifeStep(
        String code,
        String event,
        LocalDateTime at,
        Instant recordedAt,
        @Nullable String note) {}
