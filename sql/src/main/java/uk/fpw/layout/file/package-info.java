/** Durable files: written atomically, with a digest by which damage is detected. */
@NullMarked
package uk.fpw.layout.file;

import org.jspecify.annotations.NullMarked;
