/** The content of the synthetic systems, record by record, and the randomness behind it. */
@NullMarked
package uk.fpw.generator.record;

import org.jspecify.annotations.NullMarked;
