/** What is measured: the functions' artifacts and the programs to compare them with. */
@NullMarked
package dev.darkroom.bench.subject;

import org.jspecify.annotations.NullMarked;
