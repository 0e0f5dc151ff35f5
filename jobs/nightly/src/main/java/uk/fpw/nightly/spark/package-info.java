/** The Spark process as a child process of the run. Knows how to start it, but no class of Spark. */
@NullMarked
package uk.fpw.nightly.spark;

import org.jspecify.annotations.NullMarked;
