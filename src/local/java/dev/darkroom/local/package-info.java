/** The whole gateway on one machine: everything that AWS and the provider do in production. Never part of the artifact. */
@NullMarked
package dev.darkroom.local;

import org.jspecify.annotations.NullMarked;
