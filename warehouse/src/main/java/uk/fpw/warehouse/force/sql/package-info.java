/** SQL queries in definitions or in files beside them. */
@NullMarked
package uk.fpw.warehouse.force.sql;

import org.jspecify.annotations.NullMarked;
