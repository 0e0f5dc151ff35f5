/** Keyed pseudonyms for what identifies a person. */
@NullMarked
package uk.fpw.warehouse.privacy;

import org.jspecify.annotations.NullMarked;
