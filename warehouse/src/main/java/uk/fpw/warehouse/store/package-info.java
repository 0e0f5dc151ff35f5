/**
 * The warehouse as it is stored: tables and their files, loads into them, releases of them, and what {@code ops}
 * records of both, under one lock.
 */
@NullMarked
package uk.fpw.warehouse.store;

import org.jspecify.annotations.NullMarked;
