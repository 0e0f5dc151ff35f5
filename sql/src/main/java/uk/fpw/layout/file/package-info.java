/**
 * Files that others rely on: written so that a crash leaves all or nothing of them, with a digest of what they held,
 * and compared with it.
 */
@NullMarked
package uk.fpw.layout.file;

import org.jspecify.annotations.NullMarked;
