/** Words that every program needs to report something to people, in English. */
@NullMarked
package uk.fpw.text;

import org.jspecify.annotations.NullMarked;
