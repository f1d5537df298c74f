/** Health, asked of the packaged application. */
@NullMarked
package dev.freshet.app.health;

import org.jspecify.annotations.NullMarked;
