/** How providers are wired. */
@NullMarked
package dev.darkroom.provider;

import org.jspecify.annotations.NullMarked;
