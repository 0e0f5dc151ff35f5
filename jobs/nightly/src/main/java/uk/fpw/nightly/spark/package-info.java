/** The Spark process as a child of the night. Knows how to start it, never a class of Spark. */
@NullMarked
package uk.fpw.nightly.spark;

import org.jspecify.annotations.NullMarked;
