@NullMarked
package uk.fpw.publish.publication;

import org.jspecify.annotations.NullMarked;
