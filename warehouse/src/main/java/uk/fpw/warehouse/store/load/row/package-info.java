/** Rows of {@code raw} in files: columns, writers, positions, deletion vectors, and committing. */
@NullMarked
package uk.fpw.warehouse.store.load.row;

import org.jspecify.annotations.NullMarked;
