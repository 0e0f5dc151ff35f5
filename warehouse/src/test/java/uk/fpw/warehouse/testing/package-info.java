/** Test databases for this module and for those that load, publish and run the nightly job. Not part of the product. */
@NullMarked
package uk.fpw.warehouse.testing;

import org.jspecify.annotations.NullMarked;
