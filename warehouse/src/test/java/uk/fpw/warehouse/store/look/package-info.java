@NullMarked
package uk.fpw.warehouse.store.look;

import org.jspecify.annotations.NullMarked;
