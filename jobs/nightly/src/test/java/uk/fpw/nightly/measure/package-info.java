@NullMarked
package uk.fpw.nightly.measure;

import org.jspecify.annotations.NullMarked;
