/** Callers: owners and their API keys. */
@NullMarked
package dev.darkroom.core.account;

import org.jspecify.annotations.NullMarked;
