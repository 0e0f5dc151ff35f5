/** The pages of the current release: made by a process of their own, switched by one rename. */
@NullMarked
package uk.fpw.nightly.site;

import org.jspecify.annotations.NullMarked;
