/** Reads what serverless.yml declares, for the local platform. */
@NullMarked
package dev.darkroom.local.declared;

import org.jspecify.annotations.NullMarked;
