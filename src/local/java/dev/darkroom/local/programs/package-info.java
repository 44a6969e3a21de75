/** Programs of others that run beside the platform, such as clients on Node.js. */
@NullMarked
package dev.darkroom.local.programs;

import org.jspecify.annotations.NullMarked;
