/** The images in a bucket of S3, or of a storage that has its API. */
@NullMarked
package dev.darkroom.s3;

import org.jspecify.annotations.NullMarked;
