/** API Gateway with the declared routes. */
@NullMarked
package dev.darkroom.local.gateway;

import org.jspecify.annotations.NullMarked;
