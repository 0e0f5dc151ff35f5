package uk.fpw.generator;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.generator.record.LifeStep;

/** The true course of one case, and when the system learned of each part. */
final class CaseLife {

    final String ref;

    /** {@code child_protection} or {@code exploitation}. */
    final String type;

    final LocalDateTime awareAt;
    final Instant registeredAt;

    /** Actions in chronological order, with the source's codes. */
    final List<LifeStep> actions = new ArrayList<>();

    @Nullable
    LocalDateTime closedAt;

    @Nullable
    Instant closingRecordedAt;

    /** Whether the source does not record the type of the case. */
    boolean isTypeMissing;

    /** Whether its first action is dated a century too late, which excludes the case as soon as it is recorded. */
    boolean isActionInFuture;

    CaseLife(String ref, String type, LocalDateTime awareAt, Instant registeredAt) {
        this.ref = ref;
        this.type = type;
        this.awareAt = awareAt;
        this.registeredAt = registeredAt;
    }
}
