/** Lets single calls of the product to the machine fail: writing a file, reaching a server. */
@NullMarked
package uk.fpw.nightly.fault;

import org.jspecify.annotations.NullMarked;
