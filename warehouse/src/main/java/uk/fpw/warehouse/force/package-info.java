/**
 * The force folder: everything that differs between forces, as data. Reads and checks it, independently of Spring and
 * Spark. Each kind of definition has a package with its record and its checks; this package assembles them.
 */
@NullMarked
package uk.fpw.warehouse.force;

import org.jspecify.annotations.NullMarked;
