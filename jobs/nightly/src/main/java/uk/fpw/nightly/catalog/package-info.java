/** A read-only Iceberg catalog over the released tables, served by Iceberg's REST protocol. */
@NullMarked
package uk.fpw.nightly.catalog;

import org.jspecify.annotations.NullMarked;
