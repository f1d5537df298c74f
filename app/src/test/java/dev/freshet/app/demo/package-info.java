/** The demo, as its users start it. */
@NullMarked
package dev.freshet.app.demo;

import org.jspecify.annotations.NullMarked;
