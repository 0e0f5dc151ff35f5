/** The identity shared by the folder and the database of a warehouse, checked before anything is written. */
@NullMarked
package uk.fpw.warehouse.store.identity;

import org.jspecify.annotations.NullMarked;
