/** What callers ask before a submission: the models, what a request costs, and the balance. All of it is free. */
@NullMarked
package dev.darkroom.http.wavespeed.catalogue;

import org.jspecify.annotations.NullMarked;
