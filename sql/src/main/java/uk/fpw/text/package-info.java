/** English wording for messages of all programs. */
@NullMarked
package uk.fpw.text;

import org.jspecify.annotations.NullMarked;
