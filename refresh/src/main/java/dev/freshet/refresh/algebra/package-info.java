/**
 * What the delta compiler reasons about: source tables with their keys, column types with what
 * their equality is worth, and the {@link dev.freshet.refresh.algebra.Stage stages} into which a
 * defining query is cut.
 *
 * <p>Invariant: a stage is maintained from the changes of what it reads alone; whatever would need
 * more is a stage of its own before it. Pure: no I/O, no clock, no configuration.
 */
@NullMarked
package dev.freshet.refresh.algebra;

import org.jspecify.annotations.NullMarked;
