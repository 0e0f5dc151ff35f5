/**
 * The force folder: everything that differs between forces, as data. Read and checked here; independent of Spring and
 * Spark. Each kind of definition has a package of its own with its record and its checks; this one puts them together.
 */
@NullMarked
package uk.fpw.warehouse.force;

import org.jspecify.annotations.NullMarked;
