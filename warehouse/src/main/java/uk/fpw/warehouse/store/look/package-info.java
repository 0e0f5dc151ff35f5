/** Imports the records of reads by programs without a database, and checks them. */
@NullMarked
package uk.fpw.warehouse.store.look;

import org.jspecify.annotations.NullMarked;
