package uk.fpw.metrics.pass;

import java.io.Serializable;
import uk.fpw.layout.KeyFormat;
import uk.fpw.metrics.figures.ReleaseKey;

/**
 * What a run writes into rows to identify them.
 *
 * @param runId the run that finds values at entry
 * @param format how ids of spells and judgements are written
 */
public record RunKeys(ReleaseKey release, String runId, KeyFormat format) implements Serializable {}
