/** How the models of the sql module are run, tested and written. */
@NullMarked
package uk.fpw.metrics.model;

import org.jspecify.annotations.NullMarked;
