/** Tests of {@code dev.freshet.refresh.worker}: of what it decides without asking a database. */
@NullMarked
package dev.freshet.refresh.worker;

import org.jspecify.annotations.NullMarked;
