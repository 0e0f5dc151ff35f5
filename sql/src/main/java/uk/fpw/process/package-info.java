/** What the processes of an installation have in common: the files they exchange, and that none outlives its parent. */
@NullMarked
package uk.fpw.process;

import org.jspecify.annotations.NullMarked;
