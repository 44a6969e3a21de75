/** Starts a function: its settings, the clients of AWS services, and priming. */
@NullMarked
package dev.darkroom.runtime;

import org.jspecify.annotations.NullMarked;
