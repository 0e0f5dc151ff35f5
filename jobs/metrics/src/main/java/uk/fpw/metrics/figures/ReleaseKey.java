package uk.fpw.metrics.figures;

import java.io.Serializable;

/**
 * The release that is being computed.
 *
 * @param force code of the force
 * @param asOf the business date, as a day since 1970-01-01
 */
public record ReleaseKey(String force, String releaseId, int asOf) implements Serializable {}
