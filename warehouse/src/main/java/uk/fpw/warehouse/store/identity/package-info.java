/**
 * Which warehouse this is: the identity that folder and database share, and its comparison before anything is written.
 */
@NullMarked
package uk.fpw.warehouse.store.identity;

import org.jspecify.annotations.NullMarked;
