/** Makes single calls of the product to the operating system fail: writing a file, connecting to a server. */
@NullMarked
package uk.fpw.nightly.fault;

import org.jspecify.annotations.NullMarked;
