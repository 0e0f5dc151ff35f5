/** What may leave the force: which counts of a release are published, how they are rounded, and their folder. */
@NullMarked
package uk.fpw.publish.publication;

import org.jspecify.annotations.NullMarked;
