/** What the program that makes the pages of a release is given: facts that the files of the release do not hold. */
@NullMarked
package uk.fpw.layout.site;

import org.jspecify.annotations.NullMarked;
