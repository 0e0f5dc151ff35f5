/** Rows of {@code raw} in files: their columns, writers, positions and deletion vectors, and the commit of a load. */
@NullMarked
package uk.fpw.warehouse.store.load.row;

import org.jspecify.annotations.NullMarked;
