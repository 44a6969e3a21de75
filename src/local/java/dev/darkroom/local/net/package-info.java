/** HTTP and TCP servers and proxies. */
@NullMarked
package dev.darkroom.local.net;

import org.jspecify.annotations.NullMarked;
