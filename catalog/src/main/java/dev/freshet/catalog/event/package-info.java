/**
 * What the log may say, one package per publisher.
 *
 * <p>Invariant: an event is a fact that has happened; once published it keeps its meaning, and
 * another shape is another version.
 */
@NullMarked
package dev.freshet.catalog.event;

import org.jspecify.annotations.NullMarked;
