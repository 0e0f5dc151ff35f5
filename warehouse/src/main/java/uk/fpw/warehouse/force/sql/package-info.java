/** Queries that stand beside definitions or in them. */
@NullMarked
package uk.fpw.warehouse.force.sql;

import org.jspecify.annotations.NullMarked;
