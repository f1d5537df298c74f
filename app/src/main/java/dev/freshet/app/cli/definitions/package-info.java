/**
 * Definitions of stream tables as text, for a repository.
 *
 * <p>Invariant: a definition has what somebody has chosen and nothing else, in the form in which
 * the database stores it, so that two are the same exactly if they are equal.
 */
@NullMarked
package dev.freshet.app.cli.definitions;

import org.jspecify.annotations.NullMarked;
