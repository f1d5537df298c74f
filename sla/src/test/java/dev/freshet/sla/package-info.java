/** Tests of the objectives of freshness. */
@NullMarked
package dev.freshet.sla;

import org.jspecify.annotations.NullMarked;
