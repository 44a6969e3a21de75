/** What generations cost, counted by day, owner, key, model and metadata while they are settled. */
@NullMarked
package dev.darkroom.core.usage;

import org.jspecify.annotations.NullMarked;
