/** Lambda handlers and their translation from and to HTTP and JSON. */
@NullMarked
package dev.darkroom.lambda;

import org.jspecify.annotations.NullMarked;
