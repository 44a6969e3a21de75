/** The functions as processes behind a Lambda Runtime API. */
@NullMarked
package dev.darkroom.local.functions;

import org.jspecify.annotations.NullMarked;
