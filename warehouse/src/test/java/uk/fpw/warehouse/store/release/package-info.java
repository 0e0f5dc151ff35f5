/** Tests of releases, their files and the pointer. */
@NullMarked
package uk.fpw.warehouse.store.release;

import org.jspecify.annotations.NullMarked;
