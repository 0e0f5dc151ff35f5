/** What the synthetic systems hold, record by record, and the chance behind it. */
@NullMarked
package uk.fpw.generator.record;

import org.jspecify.annotations.NullMarked;
