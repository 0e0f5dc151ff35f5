@NullMarked
package uk.fpw.layout.look;

import org.jspecify.annotations.NullMarked;
