/** Objectives of freshness, tiers and error budgets. Empty until they exist. */
@NullMarked
package dev.freshet.sla;

import org.jspecify.annotations.NullMarked;
