/**
 * A made-up provider, which shows what a further provider needs: this package, {@code models/easel/sketch.json} and one
 * line of {@code META-INF/services}. It has no history, sends no webhooks, and its format is that of HTML forms.
 */
@NullMarked
package dev.darkroom.provider.easel;

import org.jspecify.annotations.NullMarked;
