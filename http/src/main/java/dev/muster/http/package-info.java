/** The wire: an HTTP client engine with pipelining, on the JDK alone. */
@NullMarked
package dev.muster.http;

import org.jspecify.annotations.NullMarked;
