/** What all processes of an installation share: exchanging files, and ending with the parent process. */
@NullMarked
package uk.fpw.process;

import org.jspecify.annotations.NullMarked;
