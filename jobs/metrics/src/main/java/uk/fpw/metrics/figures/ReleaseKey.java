package uk.fpw.metrics.figures;

import java.io.Serializable;
import uk.fpw.layout.ReleaseId;

/**
 * Identifies the release that is being computed.
 *
 * @param force code of the force
 * @param asOf the business date, in days since 1970-01-01
 */
public record ReleaseKey(String force, ReleaseId releaseId, int asOf) implements Serializable {}
