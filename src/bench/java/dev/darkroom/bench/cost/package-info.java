/** What a generation costs at AWS, as a model. */
@NullMarked
package dev.darkroom.bench.cost;

import org.jspecify.annotations.NullMarked;
