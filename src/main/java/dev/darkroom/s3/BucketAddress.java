package dev.darkroom.s3;

import dev.darkroom.sigv4.AwsDomain;
import java.net.URI;
import java.util.Optional;

/**
 * Where the objects of a bucket are.
 *
 * @param endpoint the address of a storage whose buckets are the first part of the path; empty for S3 in the region
 */
record BucketAddress(String bucket, String region, Optional<URI> endpoint) {

    /** {@code objectName} has only characters that need no encoding in a path. */
    URI of(String objectName) {
        return URI.create(base() + "/" + objectName);
    }

    private String base() {
        return endpoint.map(address -> "%s/%s".formatted(address.toString().replaceFirst("/+$", ""), bucket))
                .orElseGet(() -> "https://%s.s3.%s.%s".formatted(bucket, region, AwsDomain.of(region)));
    }
}
