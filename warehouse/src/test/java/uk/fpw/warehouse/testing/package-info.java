/** Databases for tests, here and in the modules that load, publish and run the night. Not part of the product. */
@NullMarked
package uk.fpw.warehouse.testing;

import org.jspecify.annotations.NullMarked;
