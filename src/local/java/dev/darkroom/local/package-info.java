/** The whole gateway on one machine, with stand-ins for AWS and the provider. Never part of the artifact. */
@NullMarked
package dev.darkroom.local;

import org.jspecify.annotations.NullMarked;
