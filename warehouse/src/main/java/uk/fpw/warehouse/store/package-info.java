/**
 * The stored warehouse: tables and their files, loads, releases, and their records in {@code ops}, all under one lock.
 */
@NullMarked
package uk.fpw.warehouse.store;

import org.jspecify.annotations.NullMarked;
