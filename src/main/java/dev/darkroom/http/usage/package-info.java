/** Reports of what was used, {@code GET /v1/usage}. */
@NullMarked
package dev.darkroom.http.usage;

import org.jspecify.annotations.NullMarked;
