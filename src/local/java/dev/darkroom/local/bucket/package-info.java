/** The bucket of the images: S3Proxy, behind a check of the declared policies. */
@NullMarked
package dev.darkroom.local.bucket;

import org.jspecify.annotations.NullMarked;
