/** Tests of uk.fpw.nightly.catalog. */
@NullMarked
package uk.fpw.nightly.catalog;

import org.jspecify.annotations.NullMarked;
