/**
 * The rules of STYLE.md that a machine can check, over the classes and the sources of all modules.
 * An exception is made here, in the same commit and with its reason, or not at all.
 */
@NullMarked
package dev.freshet.app.rules;

import org.jspecify.annotations.NullMarked;
