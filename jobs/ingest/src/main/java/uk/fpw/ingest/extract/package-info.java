/** Reading a source once, in full or from its cursor on: what is prepared before, and what is known after. */
@NullMarked
package uk.fpw.ingest.extract;

import org.jspecify.annotations.NullMarked;
