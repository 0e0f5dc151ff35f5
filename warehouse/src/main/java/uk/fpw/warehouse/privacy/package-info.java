/** Keyed pseudonyms for identifying values, and access permissions. */
@NullMarked
package uk.fpw.warehouse.privacy;

import org.jspecify.annotations.NullMarked;
