@NullMarked
package uk.fpw.nightly.rejection;

import org.jspecify.annotations.NullMarked;
