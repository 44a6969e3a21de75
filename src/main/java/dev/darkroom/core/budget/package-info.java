/** Which limits apply to a request, and how much of them is used. */
@NullMarked
package dev.darkroom.core.budget;

import org.jspecify.annotations.NullMarked;
