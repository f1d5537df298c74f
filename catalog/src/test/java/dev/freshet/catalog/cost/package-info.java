/** Tests of how costs are asked about. */
@NullMarked
package dev.freshet.catalog.cost;

import org.jspecify.annotations.NullMarked;
